"""What answers have and what they lack, as boto3 hands them out: the cases of tests/conformance/cases/shapes.txt.

The endpoint comes as the only argument. Prints one line a check and ends with code 1 when any of them fails.
"""

import json
import re
import sys
import unittest
from pathlib import Path

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

ENDPOINT = sys.argv.pop()
FILE = Path(__file__).parent.parent / "conformance" / "cases" / "shapes.txt"


def cases():
    lines = [line for line in FILE.read_text().splitlines() if line and not line.startswith("#")]
    for request, answer in zip(lines[::2], lines[1::2], strict=True):
        operation, body = request.split(" ", 1)
        yield operation, json.loads(body), answer.strip()


class Shapes(unittest.TestCase):
    def test_answers_have_what_they_should_and_nothing_else(self):
        client = boto3.client(
            "dynamodb",
            endpoint_url=ENDPOINT,
            region_name="local-1",
            aws_access_key_id="python",
            aws_secret_access_key="python",
            config=Config(retries={"total_max_attempts": 1}),
        )
        for operation, request, answer in cases():
            call = getattr(client, re.sub(r"(?<!^)(?=[A-Z])", "_", operation).lower())
            with self.subTest(operation=operation, request=request):
                if answer.startswith("ok"):
                    seen = call(**request)
                    del seen["ResponseMetadata"]
                    if answer != "ok":
                        self.assertEqual(seen, json.loads(answer.removeprefix("ok ")))
                    continue
                sentence, _, members = answer.partition(" with {")
                with self.assertRaises(ClientError) as caught:
                    call(**request)
                seen = caught.exception.response
                self.assertEqual(f"{seen['Error']['Code']}: {seen['Error']['Message']}", sentence)
                shown = {name: seen[name] for name in ("Item", "CancellationReasons") if name in seen}
                self.assertEqual(shown, json.loads("{" + members) if members else {})


if __name__ == "__main__":
    unittest.main(verbosity=2)
