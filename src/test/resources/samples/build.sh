container-build build -t team/app:1 --build-arg VERSION=1 --label org.opencontainers.image.title="Team app" .
