container-build socket
