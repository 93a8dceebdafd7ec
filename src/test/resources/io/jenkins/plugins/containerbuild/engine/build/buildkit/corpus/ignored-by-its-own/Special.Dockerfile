FROM base:1
COPY . /never
