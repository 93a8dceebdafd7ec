# Sourced by ./run and ./verify: the table at their end.
# shellcheck shell=bash

table_rows=()

# row PART RAN RESULT
row() {
  table_rows+=("$1|$2|$3")
}

print_table() {
  local cells part ran result
  printf '\n'
  for cells in "part|ran|result, or why not" "----|---|-------------------" "${table_rows[@]}"; do
    IFS='|' read -r part ran result <<<"$cells"
    printf '%-34s %-5s %s\n' "$part" "$ran" "$result"
  done
  printf '\n'
}
