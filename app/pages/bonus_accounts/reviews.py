"""What a second person sees of an import of bonus accounts before they approve it."""

from __future__ import annotations

from app.pages.bonus_accounts.work import KIND
from app.web.safeguards.second_person import reviews_job
from app.work.records import review_records

reviews_job(KIND)(review_records)
