# shellcheck shell=bash
# Sourced by compose/kafka/kafka: one broker, its settings, its process, its answers.
# Expects: here, folder, ports, settings, timeout, say, die, java_command.

stop_seconds=15  # what `down` gives a broker to end by itself
broker_heap=384m
tool_heap=256m

# write_properties N CONTROLLER_PORT...
write_properties() {
  local n=$1 voters='' i copies=$((${#ports[@]} < 3 ? ${#ports[@]} : 3)) controllers=("${@:2}")
  for i in "${!controllers[@]}"; do voters+=${voters:+,}$((i + 1))@127.0.0.1:${controllers[i]}; done
  mkdir -p "$folder/$n/tmp" "$folder/$n/log"
  cat >"$folder/$n/broker.properties" <<PROPERTIES
process.roles=broker,controller
node.id=$n
controller.quorum.voters=$voters
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAINTEXT
listeners=PLAINTEXT://127.0.0.1:${ports[n - 1]},CONTROLLER://127.0.0.1:${controllers[n - 1]}
advertised.listeners=PLAINTEXT://127.0.0.1:${ports[n - 1]}
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
log.dirs=$folder/$n/data

# Nothing that was answered may be lost with one broker.
default.replication.factor=$copies
min.insync.replicas=$((copies > 1 ? copies - 1 : 1))
unclean.leader.election.enable=false
auto.create.topics.enable=false
offsets.topic.replication.factor=$copies
transaction.state.log.replication.factor=$copies
transaction.state.log.min.isr=$((copies > 1 ? copies - 1 : 1))
share.coordinator.state.topic.replication.factor=$copies
share.coordinator.state.topic.min.isr=$((copies > 1 ? copies - 1 : 1))

# Small and quick, for a machine that does other work.
offsets.topic.num.partitions=8
transaction.state.log.num.partitions=8
share.coordinator.state.topic.num.partitions=8
group.initial.rebalance.delay.ms=0
num.network.threads=2
num.io.threads=4
background.threads=2
log.cleaner.dedupe.buffer.size=8388608
metric.reporters=
PROPERTIES
  [ ${#settings[@]} = 0 ] || printf '%s\n' "${settings[@]}" >>"$folder/$n/broker.properties"
}

# format_brokers CLUSTER_ID: prepares all data folders, side by side
format_brokers() {
  local n java=() pids=() failed=0
  java_command "$tool_heap" -Dlog4j2.configurationFile="$here/log4j2-tools.properties"
  for n in $(all_brokers); do
    "${java[@]}" kafka.tools.StorageTool format -t "$1" -c "$folder/$n/broker.properties" \
      >"$folder/$n/console" 2>&1 8>&- 9>&- &
    pids+=($!)
  done
  for n in $(all_brokers); do
    wait "${pids[n - 1]}" || { failed=1 && cat "$folder/$n/console" >&2; }
  done
  return "$failed"
}

# A process is the broker only if it still runs with the broker's own settings: the system gives numbers out again.
broker_pid() {
  local pid
  pid=$(cat "$folder/$1/pid" 2>/dev/null) && [ -n "$pid" ] || return 1
  tr '\0' '\n' 2>/dev/null <"/proc/$pid/cmdline" | grep -qxF "$folder/$1/broker.properties" || return 1
  echo "$pid"
}
is_running() { broker_pid "$1" >/dev/null; }
is_suspended() { grep -q '^State:[[:space:]]*[Tt]' "/proc/$(broker_pid "$1")/status" 2>/dev/null; }

# start_broker N [JVM OPTION...]: in a session of its own, so that no terminal and no caller takes it along
start_broker() {
  local n=$1 java=() options=(-XX:+ExitOnOutOfMemoryError "-XX:ErrorFile=$folder/$1/crash"
    "-Djava.io.tmpdir=$folder/$1/tmp" "-Dlog4j2.configurationFile=$here/log4j2-broker.properties"
    "-Dkafka.log=$folder/$1/log/broker.log" "${@:2}")
  java_command "$broker_heap" "${options[@]}"
  rm -rf "${folder:?}/$n/tmp" && mkdir "$folder/$n/tmp"
  setsid "${java[@]}" kafka.Kafka "$folder/$n/broker.properties" </dev/null >"$folder/$n/console" 2>&1 8>&- 9>&- &
  echo $! >"$folder/$n/pid"
  disown $!  # its end is no news for this shell
  until is_running "$n" || ! kill -0 "$(<"$folder/$n/pid")" 2>/dev/null; do sleep 0.01; done  # until the shell is java
}

start_if_down() { if is_running "$1"; then say "broker $1 already runs"; else start_broker "$1"; fi; }

# signal_broker SIGNAL N
signal_broker() {
  local pid
  pid=$(broker_pid "$2") && kill "-$1" "$pid" 2>/dev/null
}
suspend_broker() { signal_broker STOP "$1" || die "broker $1 does not run"; }
continue_broker() { signal_broker CONT "$1" || die "broker $1 does not run"; }
kill_broker() {
  is_running "$1" || die "broker $1 does not run"
  stop_brokers 0 "$1"
}

# wait_gone SECONDS N...: fails if one still runs then
wait_gone() {
  local end=$((SECONDS + $1)) n
  for n in "${@:2}"; do
    while is_running "$n"; do
      [ "$SECONDS" -lt "$end" ] || return 1
      sleep 0.05
    done
  done
}

# stop_brokers SECONDS N...: asks them to end and kills those that have not after SECONDS; 0: kills at once
stop_brokers() {
  local n
  for n in "${@:2}"; do
    if [ "$1" = 0 ]; then signal_broker KILL "$n" || true; else
      signal_broker TERM "$n" || true
      signal_broker CONT "$n" || true  # one that is stopped would not hear the other
    fi
  done
  if ! wait_gone "$1" "${@:2}"; then
    for n in "${@:2}"; do signal_broker KILL "$n" || true; done
    wait_gone 10 "${@:2}" || die "some brokers do not end"
  fi
  for n in "${@:2}"; do rm -f "$folder/$n/pid"; done
}

# knows N BROKER...: broker N answers and counts the others among the living
knows() {
  local alive
  alive=" $("$here/wire" brokers "${ports[$1 - 1]}") " || return 1
  for n in "${@:2}"; do [[ $alive == *" $n "* ]] || return 1; done
}

# await N...: until each answers and knows all of them
await() {
  local end=$((SECONDS + timeout)) n
  for n in "$@"; do
    until knows "$n" "$@"; do
      is_running "$n" || give_up "$n" "broker $n ended"
      [ "$SECONDS" -lt "$end" ] || give_up "$n" "broker $n did not answer within $timeout s, or does not see the others"
      sleep 0.1
    done
  done
}

give_up() {
  tail -n 20 "$folder/$1/console" "$folder/$1/log/broker.log" 2>/dev/null >&2 || true
  die "$2; its log is above"
}

describe_broker() {
  local pid state=down alive='' result=1
  if pid=$(broker_pid "$1"); then
    state="not answering"
    if is_suspended "$1"; then state=stopped; elif alive=$("$here/wire" brokers "${ports[$1 - 1]}"); then
      state=up result=0
    fi
    state+=", process $pid, $(awk '/^VmRSS/ { print int($2 / 1024) }' "/proc/$pid/status") MB"
  fi
  echo "broker $1  127.0.0.1:${ports[$1 - 1]}  $state${alive:+, sees $alive}"
  return "$result"
}
