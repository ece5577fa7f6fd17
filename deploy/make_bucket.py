"""Make a bucket of an S3 store if it is missing: `python make_bucket.py NAME`, with the AWS variables set."""

from __future__ import annotations

import os
import sys

from pyarrow.fs import FileType, S3FileSystem


def make_bucket(name: str) -> bool:
    """Whether the bucket had to be made."""
    store = S3FileSystem(
        endpoint_override=os.environ["AWS_ENDPOINT_URL"],
        region=os.environ.get("AWS_REGION", "us-east-1"),
        allow_bucket_creation=True,
    )
    if store.get_file_info(name).type is not FileType.NotFound:
        return False
    store.create_dir(name)
    return True


if __name__ == "__main__":
    done = "made" if make_bucket(sys.argv[1]) else "there already"
    sys.stdout.write(f"{sys.argv[1]}: {done}\n")
