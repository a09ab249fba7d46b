# SPDX-License-Identifier: MIT
# The container: meshctl, git, and what pictures need. The repository is mounted at /repo:
#   docker run --rm -v "$PWD:/repo" meshctl gate --base origin/main
FROM debian:12-slim AS build
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
RUN apt-get update -q \
    && apt-get install -qy --no-install-recommends ca-certificates dpkg-dev git make nodejs npm \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN make deps && make -j"$(nproc)" CC=gcc && make deb CC=gcc && mv dist/meshctl_*.deb /meshctl.deb

FROM debian:12-slim
COPY --from=build /meshctl.deb /tmp/meshctl.deb
# Graphviz draws PNG and SVG; without a font its text is boxes.
RUN apt-get update -q \
    && apt-get install -qy --no-install-recommends /tmp/meshctl.deb fontconfig fonts-dejavu-core git \
       libcgraph6 libgvc6 \
    && rm -rf /var/lib/apt/lists/* /tmp/meshctl.deb
# The mounted repository belongs to somebody else than who runs here.
RUN git config --system --add safe.directory '*'
WORKDIR /repo
ENTRYPOINT ["meshctl"]
CMD ["analyze"]
