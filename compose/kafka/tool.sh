# shellcheck shell=bash
# Sourced by compose/kafka/kafka: Kafka's own programs. Expects: here, folder, die, usage, java_command, tool_heap.

tool_class() {
  local tools=org.apache.kafka.tools
  case "$1" in
    topics) echo $tools.TopicCommand ;;
    configs) echo kafka.admin.ConfigCommand ;;
    console-consumer) echo $tools.consumer.ConsoleConsumer ;;
    console-producer) echo $tools.ConsoleProducer ;;
    producer-perf-test) echo $tools.ProducerPerformance ;;
    consumer-perf-test) echo $tools.ConsumerPerformance ;;
    consumer-groups) echo $tools.consumer.group.ConsumerGroupCommand ;;
    transactions) echo $tools.TransactionsCommand ;;
    get-offsets) echo $tools.GetOffsetShell ;;
    acls) echo $tools.AclCommand ;;
    metadata-quorum) echo $tools.MetadataQuorumCommand ;;
    leader-election) echo $tools.LeaderElectionCommand ;;
    delete-records) echo $tools.DeleteRecordsCommand ;;
    dump-log) echo kafka.tools.DumpLogSegments ;;
    *.*) echo "$1" ;;
    *) return 1 ;;
  esac
}

# cluster_arguments NAME ARGUMENT...: adds to `java` what names the folder's cluster, unless the arguments name one
cluster_arguments() {
  local name=$1
  shift
  [[ $name != dump-log && $name != *.* ]] || return 0
  [[ " $* " != *"--bootstrap-"* && " $* " != *"bootstrap.servers="* && " $* " != *" --help "* ]] || return 0
  [ -s "$folder/bootstrap" ] || die "no cluster is up in $folder"
  if [ "$name" = producer-perf-test ]; then java+=(--producer.config "$folder/client.properties"); else
    java+=(--bootstrap-server "$(<"$folder/bootstrap")")
  fi
}

run_tool() {
  local name=${1:-} class java=()
  class=$(tool_class "$name") || usage "which tool?"
  shift
  java_command "$tool_heap" -Dlog4j2.configurationFile="$here/log4j2-tools.properties"
  java+=("$class")
  cluster_arguments "$name" "$@"
  exec "${java[@]}" "$@"
}
