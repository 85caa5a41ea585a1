"""Giới hạn: one table of every limit, so that pages can state them and reviewers can find them."""

from __future__ import annotations

KB = 1024
MB = 1024 * KB

# requests
REQUEST_BYTES = 2 * MB  # pages without uploads
FORM_PARTS = 1_000
UPLOAD_REQUEST_BYTES = 210 * MB
CONCURRENT_PER_PERSON = 4

# files
FILE_BYTES = 100 * MB
FILES_PER_RECORD = 30
FILE_NAME_CHARS = 200
ARCHIVE_RATIO = 100
ARCHIVE_ENTRIES = 10_000
ARCHIVE_UNPACKED_BYTES = 1024 * MB
IMAGE_PIXELS = 100_000_000
PDF_PAGES = 5_000
TEXT_CHARS = 2_000_000
PREVIEW_PAGES = 20

# packages of the exchange
PACKAGE_BYTES = 80 * MB
PACKAGE_UNPACKED_BYTES = 200 * MB
PACKAGE_FILES = 100
# digital signatures
SIGNED_FILE_BYTES = 60 * MB
PIN_FAILURES = 5
BATCH_SIGNATURES = 20

# the jail that parses foreign bytes
JAIL_MEMORY_BYTES = 512 * MB
JAIL_CPU_SECONDS = 5
JAIL_WALL_SECONDS = 10

# text fields, in characters (Subject 500, names 200: Decree 30/2020 annex VI part II)
SUBJECT_CHARS = 500
REFERENCE_CHARS = 50
NAME_CHARS = 200
NOTE_CHARS = 4_000
BODY_CHARS = 100_000  # the text of a document written here
LINE_CHARS = 200
SEARCH_CHARS = 200

# lists
PAGE_ROWS = 50
COUNT_CAP = 100
REGISTER_PRINT_ROWS = 2_000
REGISTER_SHEET_ROWS = 20_000
REGISTER_LAG_DAYS = 92  # how long a document may have waited before it was registered, in reports of a period
RECIPIENTS = 500
INVITEES = 500
IMPORT_ROWS = 5_000

# directives: working days
LEAD_CHANGE_DAYS = 2  # within which a lead may ask for another lead; then silence counts as accepted
STILL_OVERDUE_DAYS = 3  # after which what is still overdue goes to the leader in charge

# sign-in
LOGIN_FAILURES = 10
LOGIN_WINDOW_MINUTES = 15
LOGIN_FAILURES_PER_ADDRESS = 100
SESSION_IDLE_HOURS = 12
SESSION_DAYS = 30
PASSWORD_MIN_CHARS = 12
PASSWORD_MAX_CHARS = 200

# outbox
OUTBOX_ATTEMPTS = 8
UNDO_SECONDS = 10
