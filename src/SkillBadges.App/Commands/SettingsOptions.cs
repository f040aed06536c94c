using System.CommandLine;

namespace SkillBadges.App.Commands;

/// <summary>The options that every command over a data folder has.</summary>
internal sealed class SettingsOptions
{
    private readonly Option<string?> data = new("--data") { Description = "The data folder. Default: ./data" };
    private readonly Option<string?> urls = new("--urls") { Description = $"Where to listen, separated by semicolons. Default: {SettingsReading.DefaultUrl}" };
    private readonly Option<string?> baseUrl = new("--base-url") { Description = "The address under which others reach this server. Default: the first of --urls" };
    private readonly Option<string?> keyFile = new("--key-file") { Description = "The file of the key-encryption key, outside the data folder. Default: <data>.keys/key-encryption.key" };
    private readonly Option<string?> file = new("--settings") { Description = "A JSON file of settings; the environment (SKILLBADGES_*) and options come before it." };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[data, urls, baseUrl, keyFile, file])
        {
            command.Add(option);
        }
    }

    public Settings Read(ParseResult parsed) => SettingsReading.Read(parsed.GetValue(file),
    [
        new("data", parsed.GetValue(data)),
        new("urls", parsed.GetValue(urls)),
        new("baseUrl", parsed.GetValue(baseUrl)),
        new("keyFile", parsed.GetValue(keyFile)),
    ]);
}
