# An authority for builders and their clients, and one certificate for each side. Keep authority-key.pem safe.
openssl req -x509 -newkey rsa:4096 -nodes -days 3650 -subj "/CN=builders" -keyout authority-key.pem -out ca.pem

# The daemon's: subjectAltName has every name and address by which Jenkins reaches it.
printf 'subjectAltName=DNS:builder.example,IP:192.0.2.10\n' > names.cnf
openssl req -newkey rsa:4096 -nodes -subj "/CN=builder.example" -keyout server-key.pem -out server.csr
openssl x509 -req -days 825 -in server.csr -CA ca.pem -CAkey authority-key.pem -CAcreateserial \
    -extfile names.cnf -out server-cert.pem

# The clients': whoever has it may build.
openssl req -newkey rsa:4096 -nodes -subj "/CN=jenkins" -keyout key.pem -out client.csr
openssl x509 -req -days 825 -in client.csr -CA ca.pem -CAkey authority-key.pem -CAcreateserial -out cert.pem
