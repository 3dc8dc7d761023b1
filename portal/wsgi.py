"""What gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

application = get_wsgi_application()

from portal.health.startup import refuse_insecure  # noqa: E402 - the apps have to be ready

refuse_insecure()
