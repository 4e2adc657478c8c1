"""All pages about figures and for trainers, for the application to serve."""

from __future__ import annotations

from companion.dashboard.trainer import Trainer
from companion.dashboard.trainer_entrance import TrainerEntrance
from companion.dashboard.trainer_giving import Giving
from companion.dashboard.trainer_receiving import Receiving

TRAINER_PAGES = (Giving, Trainer, TrainerEntrance, Receiving)
