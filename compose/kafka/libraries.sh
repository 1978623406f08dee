# shellcheck shell=bash
# Sourced by compose/kafka/kafka: Kafka's jars and how Java runs them. They are copied once into the build folder and
# again when the pom or the Java runtime changes. Expects: here, tree, say, die, broker.sh.
#
# Two things start a broker in 3 s instead of 7 (on two busy cores): an archive of loaded classes, which one broker
# writes when the jars are new, and the first compiler alone, whose code comes sooner and is slower in the long run.
# For long measurements of Kafka itself, TENANTRY_KAFKA_JVM_OPTIONS=-XX:TieredStopAtLevel=4 brings the second one back.

libraries=$tree/build/kafka-libraries
class_archive=$libraries/classes.jsa
read -ra extra_jvm_options <<<"${TENANTRY_KAFKA_JVM_OPTIONS:-}"

# java_command HEAP [OPTION...]: fills the array `java`; the class and its arguments follow it
java_command() {
  java=(
    java -Xms64m "-Xmx$1" -XX:+UseSerialGC -XX:TieredStopAtLevel=1
    -XX:-UsePerfData  # or each JVM keeps a file in the system's temporary folder
    -Xshare:auto -Dlog4j2.disableJmx=true
    "${@:2}" "${extra_jvm_options[@]}" -cp "$(<"$libraries/classpath")"
  )
  [ ! -f "$class_archive" ] || java+=("-XX:SharedArchiveFile=$class_archive")
}

# What the folder is made from.
libraries_stamp() {
  local java_home
  java_home=$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")
  cat "$here/pom.xml" "$here/libraries.sh" "$java_home/release" | sha256sum
}

copy_jars() {
  local output
  command -v mvn >/dev/null || die "Maven is missing; ./dev kafka installs it"
  rm -rf "$libraries"
  mkdir -p "$libraries"
  say "copying Kafka's jars to $libraries"
  output=$(mvn -q -B -f "$here/pom.xml" dependency:copy-dependencies -DincludeScope=runtime \
    -DoutputDirectory="$libraries" 2>&1) || die "Maven failed:"$'\n'"$output"
  find "$libraries" -name '*.jar' | LC_ALL=C sort | paste -sd: >"$libraries/classpath"
}

# One broker starts and ends, and at its end writes down the classes that it has loaded.
archive_classes() {
  local folder=$libraries/training count=1 port='' settings=() ports=() timeout=120
  say "preparing them for a quick start"
  mkdir "$folder"
  make_cluster
  (
    trap 'stop_brokers 0 1' EXIT
    start_broker 1 "-XX:ArchiveClassesAtExit=$class_archive"
    await 1
    stop_brokers "$timeout" 1
  )
  [ -f "$class_archive" ] || die "the archive of classes was not written: $(tail -n 5 "$folder/1/console")"
  rm -rf "$folder"
}

# The last file to be written is `made-from`: without it the folder is half made.
prepare_libraries() {
  local stamp
  command -v java >/dev/null || die "Java is missing; ./dev kafka installs it"
  stamp=$(libraries_stamp)
  [ "$stamp" != "$(cat "$libraries/made-from" 2>/dev/null)" ] || return 0
  mkdir -p "$tree/build"
  exec 8>"$tree/build/kafka-libraries.lock" && flock 8  # another may be making it
  if [ "$stamp" != "$(cat "$libraries/made-from" 2>/dev/null)" ]; then
    copy_jars
    archive_classes
    echo "$stamp" >"$libraries/made-from"
  fi
  exec 8>&-
}
