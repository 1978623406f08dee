#include "api/cli/parser.hpp"

#include <CLI/CLI.hpp>
#include <charconv>
#include <iterator>
#include <sstream>

#include "api/cli/checks.hpp"
#include "api/cli/config_file.hpp"

namespace tenantry::api::cli {
namespace {

// A check, or a change of the value to the one spelling that CLI11 does not read otherwise.
CLI::Validator check(std::function<std::string(std::string&)> wrong_in, std::string about = {}) {
  return CLI::Validator(std::move(wrong_in), std::move(about));
}

std::string range_of(const Number& number) {
  return std::to_string(number.least) + " to " + std::to_string(number.most);
}

CLI::Option* add_number(CLI::App& app, const Option& option, const Number& number) {
  auto put = [number](const std::vector<std::string>& values) {
    number.put(std::stoull(values.front()));  // whole_number() has seen to it that it is one
    return true;
  };
  auto present = [number] { return number.present ? std::to_string(*number.present) : std::string{}; };
  auto wrong_in = [number](std::string& value) { return whole_number(value, number.least, number.most); };
  return app.add_option("--" + option.name, put, option.about, false, present)
      ->type_name("NUMBER")
      ->transform(check(wrong_in, range_of(number)));
}

CLI::Option* add_named(CLI::App& app, const Option& option) {
  std::string name = "--" + option.name;
  if (const auto* number = std::get_if<Number>(&option.value)) return add_number(app, option, *number);
  if (auto* const* flag = std::get_if<bool*>(&option.value)) {
    return app.add_flag(name, **flag, option.about)->transform(check(truth));
  }
  auto* added = std::holds_alternative<std::string*>(option.value)
                    ? app.add_option(name, *std::get<std::string*>(option.value), option.about)
                    : app.add_option(name, *std::get<std::vector<std::string>*>(option.value), option.about);
  return added->check(check(wrong_in_text));
}

CLI::Option* add_positional(CLI::App& app, const Option& option) {
  if (auto* const* text = std::get_if<std::string*>(&option.value)) {
    return app.add_option(option.name, **text, option.about);
  }
  return app.add_option(option.name, *std::get<std::vector<std::string>*>(option.value), option.about);
}

void add_option(CLI::App& app, const Option& option) {
  CLI::Option* added = option.is_positional ? add_positional(app, option) : add_named(app, option);
  added->configurable(is_setting(option))->required(option.is_required)->delimiter(option.delimiter);
  if (is_setting(option)) added->envname(environment_name(option.name));
  if (option.shows_default) added->capture_default_str();
  if (!option.kind.empty()) added->type_name(option.kind);
  if (option.wrong_in != nullptr) added->check(check(option.wrong_in));
  if (!option.one_of.empty()) added->check(CLI::IsMember(option.one_of));
  if (!option.excludes.empty()) added->excludes(app.get_option("--" + option.excludes));
}

void declare(CLI::App& app, const Command& command) {
  if (!command.footer.empty()) app.footer(command.footer);  // otherwise that of the command above
  for (const Option& option : command.options) add_option(app, option);
  if (!command.commands.empty()) app.require_subcommand(1);
  for (const Command& each : command.commands) {
    CLI::App* added = app.add_subcommand(each.name, each.about)->fallthrough();
    if (each.is_hidden) added->group("");
    declare(*added, each);
  }
}

Path chosen_in(const CLI::App& app) {
  Path path;
  for (auto chosen = app.get_subcommands(); !chosen.empty(); chosen = chosen.front()->get_subcommands()) {
    path.push_back(chosen.front()->get_name());
  }
  return path;
}

// The app outlives it.
class ConfigFile : public CLI::ConfigTOML {
 public:
  ConfigFile(const CLI::App& app, const Command& program) : app_(app), program_(program) {}

  std::vector<CLI::ConfigItem> from_config(std::istream& input) const override {
    std::string text{std::istreambuf_iterator<char>(input), {}};
    if (auto wrong = wrong_in_config_text(text, app_.get_config_ptr()->as<std::string>())) {
      throw CLI::ConfigError(*wrong);
    }
    std::istringstream readable(text);
    std::vector<ConfigEntry> entries;
    for (CLI::ConfigItem& item : CLI::ConfigTOML::from_config(readable)) {
      bool is_section = item.name == "++" || item.name == "--";
      entries.push_back({is_section, std::move(item.parents), std::move(item.name), std::move(item.inputs)});
    }
    auto kept = settings_for(program_, chosen_in(app_), std::move(entries));
    if (!kept) throw CLI::ConfigError(kept.error());
    std::vector<CLI::ConfigItem> items;
    for (ConfigEntry& each : *kept) items.push_back({each.section, each.name, each.values});
    return items;
  }

 private:
  const CLI::App& app_;
  const Command& program_;
};

std::unique_ptr<CLI::App> app_of(const Command& program) {
  auto app = std::make_unique<CLI::App>(program.about, program.name);
  app->set_version_flag("-v,--version", "", "Print the versions of the program and its libraries")
      ->transform(check(truth));
  app->set_config("--config", "", "read options from this TOML or INI file")->type_name("FILE");
  app->config_formatter(std::make_shared<ConfigFile>(*app, program));
  declare(*app, program);
  return app;
}

NotRun::Why reason_of(const CLI::ParseError& error, const std::vector<std::string>& unknown) {
  using enum NotRun::Why;
  if (dynamic_cast<const CLI::CallForVersion*>(&error) != nullptr) return asked_for_version;
  if (dynamic_cast<const CLI::CallForHelp*>(&error) != nullptr) return asked_for_help;
  bool is_unknown = dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr ||
                    dynamic_cast<const CLI::RequiredError*>(&error) != nullptr;  // of a command, say: log cpoy
  return is_unknown && !unknown.empty() ? unknown_words : not_understood;
}

}  // namespace

std::expected<Path, NotRun> parse(const Command& program, const std::vector<std::string>& words) {
  auto app = app_of(program);
  try {
    // CLI11 takes them from the end.
    app->parse(std::vector<std::string>(words.rbegin(), words.rend()));
    return chosen_in(*app);
  } catch (const CLI::ParseError& error) {
    NotRun not_run{{}, error.what(), app->remaining(true), chosen_in(*app), {}};
    not_run.why = reason_of(error, not_run.unknown);
    if (not_run.why == NotRun::Why::asked_for_help) not_run.told = app->help();
    if (app->get_config_ptr()->count() > 0) not_run.config_file = app->get_config_ptr()->as<std::string>();
    return std::unexpected(std::move(not_run));
  }
}

std::string help_of(const Command& program, const Path& path) {
  auto whole = app_of(program);
  const CLI::App* app = whole.get();
  std::string name = program.name;
  for (const std::string& each : path) {
    app = app->get_subcommand(each);
    name += ' ' + each;
  }
  return app->get_formatter()->make_help(app, name, CLI::AppFormatMode::Normal);
}

}  // namespace tenantry::api::cli
