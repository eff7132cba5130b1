"""AWS's Python SDK against an endpoint: both of its interfaces, its paginators, waiters, batches, checksums and errors.

The endpoint comes as the only argument. Prints one line a check and ends with code 1 when any of them fails.
"""

import json
import sys
import unittest
from datetime import timedelta
from decimal import Decimal

import boto3
from boto3.dynamodb.conditions import Attr, Key
from boto3.dynamodb.types import Binary
from botocore.config import Config
from botocore.exceptions import ClientError

ENDPOINT = sys.argv.pop()
SETTINGS = {
    "endpoint_url": ENDPOINT,
    "region_name": "local-1",
    "aws_access_key_id": "python",
    "aws_secret_access_key": "python",
    # One attempt: a wrong checksum must be an error here, not a second try.
    "config": Config(retries={"total_max_attempts": 1}),
}


class Boto3(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.client = boto3.client("dynamodb", **SETTINGS)
        cls.resource = boto3.resource("dynamodb", **SETTINGS)
        cls.table = cls.resource.create_table(
            TableName="Movie",
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[
                {"AttributeName": "year", "AttributeType": "N"},
                {"AttributeName": "title", "AttributeType": "S"},
                {"AttributeName": "genre", "AttributeType": "S"},
            ],
            KeySchema=[
                {"AttributeName": "year", "KeyType": "HASH"},
                {"AttributeName": "title", "KeyType": "RANGE"},
            ],
            GlobalSecondaryIndexes=[
                {
                    "IndexName": "by-genre",
                    "KeySchema": [{"AttributeName": "genre", "KeyType": "HASH"}],
                    "Projection": {"ProjectionType": "ALL"},
                }
            ],
        )
        cls.client.get_waiter("table_exists").wait(TableName="Movie")

    def test_values_of_all_types(self):
        item = {
            "year": 2013,
            "title": "Rush",
            "rating": Decimal("8.1"),
            "exact": Decimal("12345678901234567890123456789012345678"),
            "flags": {"a", "b"},
            "numbers": {Decimal(1), Decimal("2.5")},
            "bytes": Binary(b"\x00\xff"),
            "list": [1, "x", None, True, {"deep": []}],
            "empty": "",
        }
        self.table.put_item(Item=item)
        answer = self.table.get_item(Key={"year": 2013, "title": "Rush"}, ConsistentRead=True)
        self.assertEqual(answer["Item"], item)
        self.assertEqual(answer["ResponseMetadata"]["HTTPStatusCode"], 200)
        self.assertIn("x-amz-crc32", answer["ResponseMetadata"]["HTTPHeaders"])

    def test_updates_and_conditions(self):
        key = {"year": 1, "title": "counter"}
        for expected in (1, 2):
            answer = self.table.update_item(
                Key=key,
                UpdateExpression="ADD n :one",
                ExpressionAttributeValues={":one": 1},
                ReturnValues="UPDATED_NEW",
            )
            self.assertEqual(answer["Attributes"], {"n": expected})
        with self.assertRaises(self.client.exceptions.ConditionalCheckFailedException) as caught:
            self.table.put_item(
                Item=key,
                ConditionExpression=Attr("n").gt(5),
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        self.assertEqual(caught.exception.response["Error"]["Message"], "The conditional request failed")
        self.assertEqual(caught.exception.response["Item"]["n"], {"N": "2"})
        gone = self.table.delete_item(Key=key, ReturnValues="ALL_OLD")
        self.assertEqual(gone["Attributes"]["n"], 2)

    def test_batches_queries_and_pages(self):
        with self.table.batch_writer() as batch:
            for number in range(60):
                batch.put_item(Item={"year": 2000, "title": f"t{number:02}", "genre": f"g{number % 3}", "n": number})
        answer = self.table.query(
            KeyConditionExpression=Key("year").eq(2000) & Key("title").begins_with("t1"),
            FilterExpression=Attr("n").is_in([12, 15]),
        )
        self.assertEqual([item["n"] for item in answer["Items"]], [12, 15])
        self.assertEqual(answer["ScannedCount"], 10)
        indexed = self.table.query(IndexName="by-genre", KeyConditionExpression=Key("genre").eq("g1"), Select="COUNT")
        self.assertEqual(indexed["Count"], 20)
        pages = self.client.get_paginator("query").paginate(
            TableName="Movie",
            KeyConditionExpression="#y = :y",
            ExpressionAttributeNames={"#y": "year"},
            ExpressionAttributeValues={":y": {"N": "2000"}},
            PaginationConfig={"PageSize": 25},
        )
        self.assertEqual([len(page["Items"]) for page in pages], [25, 25, 10])
        scanned = self.client.get_paginator("scan").paginate(TableName="Movie", FilterExpression="attribute_exists(n) AND begins_with(title, :t)", ExpressionAttributeValues={":t": {"S": "t"}})
        self.assertEqual(sum(page["Count"] for page in scanned), 60)
        got = self.resource.batch_get_item(
            RequestItems={"Movie": {"Keys": [{"year": 2000, "title": "t05"}, {"year": 2000, "title": "none"}]}}
        )
        self.assertEqual([item["n"] for item in got["Responses"]["Movie"]], [5])
        self.assertEqual(got["UnprocessedKeys"], {})

    def test_errors(self):
        with self.assertRaises(ClientError) as caught:
            self.client.get_item(TableName="Nowhere", Key={"id": {"S": "a"}})
        error = caught.exception.response["Error"]
        self.assertEqual((error["Code"], error["Message"]), ("ResourceNotFoundException", "Requested resource not found"))
        with self.assertRaises(ClientError) as caught:
            self.client.get_item(TableName="Movie", Key={"id": {"S": "a"}})
        self.assertEqual(caught.exception.response["Error"]["Code"], "ValidationException")

    def test_tags(self):
        arn = self.client.describe_table(TableName="Movie")["Table"]["TableArn"]
        tags = [{"Key": f"k{number:02}", "Value": "Zürich / 8000"[: number + 1]} for number in range(12)]
        tags[3]["Value"] = "a:b @home = +1_2.3"
        self.client.tag_resource(ResourceArn=arn, Tags=tags)
        pages = list(self.client.get_paginator("list_tags_of_resource").paginate(ResourceArn=arn))
        self.assertEqual([len(page["Tags"]) for page in pages], [10, 2])
        self.assertEqual([tag for page in pages for tag in page["Tags"]], tags)
        self.client.untag_resource(ResourceArn=arn, TagKeys=[tag["Key"] for tag in tags])
        self.assertEqual(self.client.list_tags_of_resource(ResourceArn=arn)["Tags"], [])
        with self.assertRaises(ClientError) as caught:
            self.client.tag_resource(ResourceArn=arn, Tags=[{"Key": "aws:mine", "Value": ""}])
        self.assertEqual(caught.exception.response["Error"]["Code"], "ValidationException")

    def test_policies(self):
        arn = self.client.describe_table(TableName="Movie")["Table"]["TableArn"]
        with self.assertRaises(self.client.exceptions.PolicyNotFoundException):
            self.client.get_resource_policy(ResourceArn=arn)
        policy = {
            "Version": "2012-10-17",
            "Statement": [{"Effect": "Deny", "Principal": "*", "Action": "dynamodb:DeleteTable", "Resource": arn}],
        }
        put = self.client.put_resource_policy(
            ResourceArn=arn, Policy=json.dumps(policy, indent=2), ExpectedRevisionId="NO_POLICY"
        )
        kept = self.client.get_resource_policy(ResourceArn=arn)
        self.assertEqual((json.loads(kept["Policy"]), kept["RevisionId"]), (policy, put["RevisionId"]))
        with self.assertRaises(self.client.exceptions.PolicyNotFoundException):
            self.client.delete_resource_policy(ResourceArn=arn, ExpectedRevisionId="7")
        self.client.delete_resource_policy(ResourceArn=arn, ExpectedRevisionId=put["RevisionId"])

    def test_insights(self):
        for change in ({}, {"IndexName": "by-genre", "ContributorInsightsMode": "THROTTLED_KEYS"}):
            self.client.update_contributor_insights(TableName="Movie", ContributorInsightsAction="ENABLE", **change)
        listed = self.client.list_contributor_insights(TableName="Movie")["ContributorInsightsSummaries"]
        self.assertEqual(
            [(one.get("IndexName"), one["ContributorInsightsMode"]) for one in listed],
            [(None, "ACCESSED_AND_THROTTLED_KEYS"), ("by-genre", "THROTTLED_KEYS")],
        )
        described = self.client.describe_contributor_insights(TableName="Movie")
        self.assertEqual(described["ContributorInsightsStatus"], "ENABLED")
        rules = {name.split("-")[1] for name in described["ContributorInsightsRuleList"]}
        self.assertEqual(rules, {"PKC", "PKT", "SKC", "SKT"})

    def test_tables(self):
        self.assertEqual(self.client.list_tables()["TableNames"], ["Movie"])
        described = self.client.describe_table(TableName="Movie")["Table"]
        self.assertEqual(described["TableStatus"], "ACTIVE")
        self.assertEqual(described["CreationDateTime"].year > 2000, True)
        self.assertEqual(self.client.describe_limits()["TableMaxReadCapacityUnits"], 40000)

    def test_an_iterator_starts_at_a_moment(self):
        answer = self.client.create_table(
            TableName="Timed",
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            StreamSpecification={"StreamEnabled": True, "StreamViewType": "KEYS_ONLY"},
        )
        self.addCleanup(self.client.delete_table, TableName="Timed")
        self.client.put_item(TableName="Timed", Item={"id": {"S": "a"}})
        streams = boto3.client("dynamodbstreams", **SETTINGS)
        arn = answer["TableDescription"]["LatestStreamArn"]
        shard = streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"][0]
        asked = {"StreamArn": arn, "ShardId": shard["ShardId"]}
        oldest = streams.get_shard_iterator(**asked, ShardIteratorType="TRIM_HORIZON")
        records = streams.get_records(ShardIterator=oldest["ShardIterator"])["Records"]
        created = records[0]["dynamodb"]["ApproximateCreationDateTime"]
        same = streams.get_shard_iterator(**asked, ShardIteratorType="AT_TIMESTAMP", Timestamp=created)
        self.assertEqual(streams.get_records(ShardIterator=same["ShardIterator"])["Records"], records)
        with self.assertRaisesRegex(ClientError, "Timestamp should not be in the future"):
            later = created + timedelta(days=1)
            streams.get_shard_iterator(**asked, ShardIteratorType="AT_TIMESTAMP", Timestamp=later)


if __name__ == "__main__":
    unittest.main(verbosity=2)
