# Copydesk in a container: the same locked packages as `make setup`, a user without rights.
FROM python:3.12.15-slim-bookworm@sha256:54c85f3c47607a77f32adec749d3c81d1348bf25833671f512b26a9b6d778cb3 AS build
WORKDIR /srv/copydesk
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
COPY requirements.lock requirements-model.lock pyproject.toml README.md LICENSE ./
RUN python -m venv .venv \
    && .venv/bin/pip install --no-deps --require-hashes -r requirements.lock \
    && .venv/bin/pip install --no-deps --ignore-requires-python --require-hashes -r requirements-model.lock
COPY core core
COPY tasks tasks
COPY warehouse warehouse
COPY flows flows
COPY dashboard dashboard
COPY copydesk copydesk
COPY cli cli
COPY sql sql
COPY copydesk.toml prefect.yaml ./
RUN .venv/bin/pip install --no-deps --no-build-isolation -e .

FROM python:3.12.15-slim-bookworm@sha256:54c85f3c47607a77f32adec749d3c81d1348bf25833671f512b26a9b6d778cb3
# pg_dump and pg_restore, for `copydesk lake backup` and `restore`: of the major version of docker-compose.yml's server
RUN apt-get update \
    && apt-get install -y --no-install-recommends postgresql-client \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --create-home --uid 10001 copydesk && install -d -o copydesk -g copydesk /data /backups
WORKDIR /srv/copydesk
COPY --from=build /srv/copydesk /srv/copydesk
ENV PATH=/srv/copydesk/.venv/bin:$PATH \
    OMP_NUM_THREADS=1 \
    DO_NOT_TRACK=1 \
    PREFECT_SERVER_ANALYTICS_ENABLED=false \
    COPYDESK_LAKE=/data/lake
USER copydesk
VOLUME /data /backups
ENTRYPOINT ["copydesk"]
CMD ["--help"]
