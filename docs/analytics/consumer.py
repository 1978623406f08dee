#!/usr/bin/env python3
"""What became of the enrolments of every class, from Tenantry's Kafka topics.

A consumer to copy from: it keeps to all that docs/ANALYTICS.md asks for. What it has learnt, the sequence that each
tenant has reached and the offsets are in one SQLite file and change in one transaction, so that it may be killed at any
moment and every event counts once. Needs python3-confluent-kafka.
"""
import argparse
import json
import sqlite3
import sys
from decimal import Decimal

from confluent_kafka import Consumer, KafkaError, KafkaException, TopicPartition

TABLES = """
create table if not exists partitions (number integer primary key, next integer not null, owner text);
create table if not exists tenants (id text primary key, sequence integer not null, slug text);
create table if not exists classes (id text primary key, tenant text not null, name text not null);
create table if not exists enrolments (id text primary key, class text not null, state text not null);
create table if not exists assessments (id text primary key, class text not null, maximum_hundredths integer not null);
"""
REPORT = """
select slug, name,
  (select count(*) from enrolments where class = classes.id and state = 'active'),
  (select count(*) from enrolments where class = classes.id and state = 'withdrawn'),
  (select count(*) from enrolments where class = classes.id and state = 'completed'),
  (select coalesce(sum(maximum_hundredths), 0) / 100.0 from assessments where class = classes.id)
from classes join tenants on tenants.id = classes.tenant order by slug, name
"""


class Fault(Exception):
    """The topic does not hold what it should: nothing of the batch counts."""


# What an event does to the tables. Personal fields are read by none of them.
def tenant_created(store, tenant, data):
    store.execute("update tenants set slug = ? where id = ?", (data["slug"], tenant))


def class_opened(store, tenant, data):
    store.execute("insert into classes values (?, ?, ?)", (data["id"], tenant, data["name"]))


def class_corrected(store, tenant, data):
    store.execute("update classes set name = ? where id = ?", (data["name"], data["id"]))


def enrolment_is(state):
    def apply(store, tenant, data):
        store.execute("replace into enrolments values (?, ?, ?)", (data["id"], data["classId"], state))
    return apply


def assessment_is(store, tenant, data):
    hundredths = int(data["maximumScore"] * 100)
    store.execute("replace into assessments values (?, ?, ?)", (data["id"], data["classId"], hundredths))


EVENTS = {
    "tenantry.tenancy.tenant-created.v1": tenant_created,
    "tenantry.roster.class-opened.v1": class_opened,
    "tenantry.roster.class-corrected.v1": class_corrected,
    "tenantry.roster.student-enrolled.v1": enrolment_is("active"),
    "tenantry.roster.student-re-enrolled.v1": enrolment_is("active"),
    "tenantry.roster.student-withdrawn.v1": enrolment_is("withdrawn"),
    "tenantry.roster.enrolment-completed.v1": enrolment_is("completed"),
    "tenantry.roster.enrolment-reopened.v1": enrolment_is("active"),
    "tenantry.roster.assessment-added.v3": assessment_is,
    "tenantry.roster.assessment-corrected.v2": assessment_is,
}

# A former version is brought to the one after it, as the AsyncAPI document says.
UPCASTS = {
    "tenantry.roster.assessment-added.v1": lambda data: (
        "tenantry.roster.assessment-added.v2", {**data, "maximumScore": 100}),
    "tenantry.roster.assessment-added.v2": lambda data: (
        "tenantry.roster.assessment-added.v3", {**data, "extraCredit": False}),
    "tenantry.roster.assessment-corrected.v1": lambda data: (
        "tenantry.roster.assessment-corrected.v2", {**data, "extraCredit": False}),
    "tenantry.roster.student-registered.v1": lambda data: ("tenantry.roster.student-registered.v2", data),
    "tenantry.roster.student-corrected.v1": lambda data: ("tenantry.roster.student-corrected.v2", data),
    "tenantry.roster.teacher-registered.v1": lambda data: ("tenantry.roster.teacher-registered.v2", data),
    "tenantry.roster.teacher-corrected.v1": lambda data: ("tenantry.roster.teacher-corrected.v2", data),
}


def without_version(kind):
    return kind.rpartition(".v")[0]


WANTED = {without_version(kind) for kind in EVENTS}


def apply_event(store, tenant, kind, data):
    while kind in UPCASTS:
        kind, data = UPCASTS[kind](data)
    if kind in EVENTS:
        EVENTS[kind](store, tenant, data)
    elif without_version(kind) in WANTED:
        raise Fault(f"{kind} is newer than this program")


def is_next(store, tenant, sequence):
    """Whether the event is the tenant's next one; False if it has been counted before."""
    row = store.execute("select sequence from tenants where id = ?", (tenant,)).fetchone()
    reached = row[0] if row else 0
    if sequence > reached + 1:
        raise Fault(f"tenant {tenant}: event {sequence} follows event {reached}")
    if sequence <= reached:
        return False
    store.execute("insert into tenants (id, sequence) values (?, ?) "
                  "on conflict (id) do update set sequence = excluded.sequence", (tenant, sequence))
    return True


def take(store, message, owners):
    """Counts one record of the topic, or says why not."""
    headers = {name: value.decode() for name, value in message.headers() or []}
    partition = message.partition()
    if "tenantry-owner" in headers:  # no event: a node says that it writes the partition from here on
        owners[partition] = None if json.loads(message.value()).get("copy") else str(message.offset())
        return
    if "tenantry-answer" in headers:  # no event: a note for Tenantry itself of what it answered to a key
        return
    if "ce_type" not in headers:
        raise Fault("a record is neither an event, nor an owner record, nor a note")
    if owners.get(partition) not in (None, headers.get("ce_ownerepoch")):
        return  # a deposed owner wrote it
    tenant = headers["ce_tenantid"]
    if is_next(store, tenant, int(headers["ce_sequence"])):
        data = json.loads(message.value(), parse_float=Decimal)
        apply_event(store, tenant, headers["ce_type"], data)


def take_batch(store, messages, owners, at_end):
    """Counts a batch and moves the offsets past it, in one transaction."""
    with store:
        store.execute("begin")
        for message in messages:
            partition = message.partition()
            if message.error() and message.error().code() != KafkaError._PARTITION_EOF:
                raise KafkaException(message.error())
            if message.error():
                at_end.add(partition)
                continue
            at_end.discard(partition)
            try:
                take(store, message, owners)
            except Fault as fault:
                raise Fault(f"partition {partition}, offset {message.offset()}: {fault}") from None
            store.execute("replace into partitions values (?, ?, ?)",
                          (partition, message.offset() + 1, owners.get(partition)))


def assign(consumer, store, topic, owners):
    """Assigns every partition, each from where the store has come to; returns their numbers."""
    metadata = consumer.list_topics(topic, timeout=30).topics[topic]
    if metadata.error:
        raise KafkaException(metadata.error)
    begin = {number: 0 for number in metadata.partitions}
    for number, following, owner in store.execute("select number, next, owner from partitions"):
        begin[number], owners[number] = following, owner
    consumer.assign([TopicPartition(topic, number, offset) for number, offset in begin.items()])
    return set(begin)


def consume(options, store):
    consumer = Consumer({
        "bootstrap.servers": options.brokers,
        "group.id": "enrolment-counts",  # asked for by the library; offsets are in the store
        "enable.auto.commit": False,
        "isolation.level": "read_committed",
        "enable.partition.eof": True,
        "auto.offset.reset": "error",
    })
    owners, at_end = {}, set()
    try:
        partitions = assign(consumer, store, f"{options.prefix}.events", owners)
        while options.follow or at_end != partitions:
            take_batch(store, consumer.consume(1000, timeout=1.0), owners, at_end)
    finally:
        consumer.close()


def report(store):
    for slug, name, active, withdrawn, completed, points in store.execute(REPORT):
        print(f"{slug}: {name}: {active} active, {withdrawn} withdrawn, {completed} completed, {points:g} points")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--brokers", required=True, help="bootstrap servers, host:port,host:port")
    parser.add_argument("--prefix", default="tenantry", help="what the topics' names begin with")
    parser.add_argument("--store", default="enrolments.sqlite", help="the SQLite file that it works in")
    parser.add_argument("--follow", action="store_true", help="wait for more at the topic's end, until Ctrl-C")
    options = parser.parse_args()
    store = sqlite3.connect(options.store, isolation_level=None)
    store.executescript(TABLES)
    try:
        consume(options, store)
    except KeyboardInterrupt:
        pass
    except (Fault, KafkaException) as reason:
        sys.exit(f"consumer: {reason}")
    report(store)


if __name__ == "__main__":
    main()
