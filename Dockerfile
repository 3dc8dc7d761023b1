# One image for web, workers and beat; what each runs is said in docker-compose.yml.
FROM python:3.11-slim-bookworm

# pango and its fonts' shaper draw the papers; nothing else of the system is needed
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*

# the last: where fontconfig may keep what it found
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 LANG=C.UTF-8 LC_ALL=C.UTF-8 \
    XDG_CACHE_HOME=/tmp/cache

WORKDIR /srv/krabuan
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock

RUN useradd --system --uid 10001 --home /srv/krabuan krabuan \
    && mkdir -p /srv/krabuan/var/files /srv/krabuan/var/backups /srv/krabuan/var/access \
    && chown -R krabuan /srv/krabuan/var
COPY . .
# static files are part of the image; a throw-away key and host let the settings load
RUN PORTAL_ENV=production SECRET_KEY=only-while-the-image-is-built ALLOWED_HOSTS=build \
    DATABASE_URL=sqlite:////tmp/none.sqlite3 BROKER_URL=memory:// \
    python manage.py collectstatic --noinput --skip-checks

USER krabuan
EXPOSE 8000
CMD ["gunicorn", "portal.wsgi", "--bind", "0.0.0.0:8000", "--workers", "3", "--access-logfile", "-"]
