"""Điểm vào của máy chủ web; loaded once, before the workers are forked."""

import gc

from app import create_app
from app.core import logs

logs.configure()
app = create_app()
# What is loaded by now stays in memory that the workers share, as long as no collection writes into it.
gc.collect()
gc.freeze()
