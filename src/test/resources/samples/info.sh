container-build info
