"""The handler behind Flask."""

from flask import Flask, Response, request
from handler import main

app = Flask(__name__)


@app.post("/")
def call():
    result = main({"body": request.get_data(as_text=True)}, None)
    return Response(result["body"], result["statusCode"], result["headers"])
