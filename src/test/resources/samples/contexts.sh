mkdir -p notes
echo 'Release 1' > notes/release.txt
container-build build -t team/app:1 --build-context notes=notes -f - . <<'DOCKERFILE'
FROM base:1
COPY --from=notes release.txt /release.txt
RUN cat /release.txt
DOCKERFILE
