# docker build -t newsparse . && docker run --rm -i newsparse < article.txt
FROM python:3.13-slim
COPY . /source
RUN pip install --no-cache-dir '/source[xlsx,arrow]' && rm -r /source && useradd --no-create-home newsparse
USER newsparse
WORKDIR /data
ENV LC_ALL=C.UTF-8
ENTRYPOINT ["newsparse"]
