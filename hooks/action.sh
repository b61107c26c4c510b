#!/usr/bin/env bash
# What the GitHub action does: validate, check whatever came of that, and fail when either of them did.
set -u
waveplan() { "${WAVEPLAN:-$(dirname -- "$0")/waveplan}" "$@"; }
options=()
[ "${STRICT:-false}" = true ] && options+=(--warn-as-error)
[ -n "${LANGUAGE_OF_FINDINGS:-}" ] && options+=(--lang "$LANGUAGE_OF_FINDINGS")
checked=("$PLAN" "$INVENTORY")
[ -n "${ACTUALS:-}" ] && checked+=(--actuals "$ACTUALS")
result=0
if [ -n "${ACTUALS:-}" ] && [ -z "$PLAN" ]; then
  echo "::error title=waveplan::actuals are held beside a plan: name it with 'plan'"
  result=2
fi
waveplan validate "$INVENTORY" --output-format github "${options[@]}" || result=$?
if [ -n "$PLAN" ]; then
  waveplan check "${checked[@]}" --output-format github "${options[@]}" || result=$?
fi
if [ -n "${SARIF:-}" ]; then  # written by the run that sees most
  if [ -n "$PLAN" ]; then
    waveplan check "${checked[@]}" --output-format sarif "${options[@]}" > "$SARIF" || true
  else
    waveplan validate "$INVENTORY" --output-format sarif "${options[@]}" > "$SARIF" || true
  fi
fi
exit "$result"
