"""The admin of both tables, tuned as its documentation says."""

from django.contrib import admin
from django_desk.models import Customer, Exchange


@admin.register(Exchange)
class ExchangeAdmin(admin.ModelAdmin):
    list_display = ("at", "person", "operation", "method", "path", "status", "outcome", "milliseconds")
    list_filter = ("outcome",)
    list_select_related = ("person",)
    list_per_page = 50
    show_full_result_count = False
    ordering = ("-id",)


@admin.register(Customer)
class CustomerAdmin(admin.ModelAdmin):
    list_display = ("email", "phone", "first_name", "last_name")
    search_fields = ("email__exact",)
    list_per_page = 50
    show_full_result_count = False
    ordering = ("-id",)
