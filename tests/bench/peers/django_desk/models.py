"""A request log and customers, with the columns that Desk46's own list and form show."""

from django.conf import settings
from django.db import models


class Exchange(models.Model):
    at = models.DateTimeField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    operation = models.CharField(max_length=64)
    method = models.CharField(max_length=8)
    path = models.CharField(max_length=255)
    status = models.IntegerField(null=True)
    outcome = models.CharField(max_length=16)
    milliseconds = models.FloatField()

    class Meta:
        indexes = (models.Index(fields=["operation", "-id"]), models.Index(fields=["outcome", "-id"]))

    def __str__(self) -> str:
        return self.operation


class Customer(models.Model):
    email = models.EmailField(unique=True)
    phone = models.CharField(max_length=32, db_index=True)
    first_name = models.CharField(max_length=255, blank=True)
    middle_name = models.CharField(max_length=255, blank=True)
    last_name = models.CharField(max_length=255, blank=True)
    gender = models.CharField(max_length=1, blank=True)
    birthday = models.DateField(null=True, blank=True)
    age = models.IntegerField(null=True, blank=True)
    location = models.CharField(max_length=255, blank=True)
    loyalty_card_location = models.CharField(max_length=255, blank=True)
    loyalty_status = models.CharField(max_length=255, blank=True)
    loyalty_bonuses = models.IntegerField(null=True, blank=True)
    loyalty_bonuses_to_next_level = models.IntegerField(null=True, blank=True)
    bought_something = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.email
