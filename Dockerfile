# Desk46 in production: the dashboard on port 8046, its data in /data. See "In a container" in README.md.
# Its root may be read-only: it writes to /data and /tmp. The base is named by the digest of its index of platforms; a
# newer one comes by `docker buildx imagetools inspect python:3.12-slim`, and both lines below change together.

FROM python:3.12-slim@sha256:78387bc3881b8273120a12ebe6c1ab22b018ccc2c9adf565ae1ac9b536e184ea AS build
ENV PIP_NO_CACHE_DIR=1
WORKDIR /srv
RUN python -m venv .venv
COPY requirements.txt .
RUN .venv/bin/pip install --quiet --no-deps --require-hashes -r requirements.txt
COPY . .
RUN .venv/bin/python tools/assets.py && .venv/bin/python tools/strings.py compile
RUN .venv/bin/python -m compileall -q app && rm -r tools package.json package-lock.json .npmrc

FROM python:3.12-slim@sha256:78387bc3881b8273120a12ebe6c1ab22b018ccc2c9adf565ae1ac9b536e184ea
RUN useradd --system --uid 10046 desk46 && install --directory --owner desk46 /data
WORKDIR /srv
COPY --from=build /srv .
ENV PATH=/srv/.venv/bin:$PATH DESK46_VAR=/data PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
USER desk46
VOLUME /data
EXPOSE 8046
HEALTHCHECK --start-period=30s --interval=15s --timeout=5s \
    CMD ["python", "-c", "import os, urllib.request as web; web.urlopen('http://127.0.0.1:' + os.environ.get('PORT', '8046') + '/ready', timeout=4)"]
CMD ["python", "-m", "app.run", "--host", "0.0.0.0"]
