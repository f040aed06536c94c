using System.Globalization;
using SkillBadges.App.Http;
using SkillBadges.App.Telemetry;
using SkillBadges.Core;

namespace SkillBadges.App;

/// <summary>
/// Reads settings: command line before environment (<c>SKILLBADGES_BASEURL</c>, <c>SKILLBADGES_AUTHORITIES__0__ISSUER</c>)
/// before a JSON file. What is wrong is said all at once, and a name that is not a setting is wrong too.
/// </summary>
internal sealed partial class SettingsReading
{
    public const string DefaultUrl = "http://localhost:5080";

    private static readonly string[] Known =
    [
        "data", "database", "files", "urls", "baseurl", "keyfile", "allowedhosts", "trustedproxies", "staffsecondfactor", "authorities", "rates", "mailfolder", "maxfilebytes", "evidencehost", "clamd", "mail", "texts", "noticedays", "issuerorigins", "knownissuers", "checkpoints", "otlp", "settings",
    ];

    private readonly List<string> faults = [];
    private readonly IConfiguration values;

    private SettingsReading(IConfiguration values) => this.values = values;

    /// <param name="file">A JSON file, or null.</param>
    /// <param name="options">What the command line says, by setting; absent options are null.</param>
    /// <exception cref="RefusedException"><c>settings.invalid</c>, with every fault.</exception>
    public static Settings Read(string? file, IEnumerable<KeyValuePair<string, string?>> options)
    {
        var builder = new ConfigurationBuilder();
        if ((file ?? Environment.GetEnvironmentVariable("SKILLBADGES_SETTINGS")) is { } path)
        {
            AddFile(builder, path);
        }

        builder.AddEnvironmentVariables("SKILLBADGES_");
        builder.AddInMemoryCollection(options.Where(option => option.Value is not null));
        return Read(builder.Build());
    }

    public static Settings Read(IConfiguration values) => new SettingsReading(values).Read();

    private static void AddFile(ConfigurationBuilder builder, string path)
    {
        var full = Path.GetFullPath(path);
        if (!File.Exists(full))
        {
            throw Refused.Invalid("settings.invalid", $"The settings file {path} does not exist.");
        }

        try
        {
            builder.AddInMemoryCollection(new ConfigurationBuilder().AddJsonFile(full, optional: false).Build().AsEnumerable().Where(pair => pair.Value is not null));
        }
        catch (InvalidDataException e)
        {
            throw Refused.Invalid("settings.invalid", $"The settings file {path} is not JSON: {e.InnerException?.Message ?? e.Message}");
        }
    }

    private Settings Read()
    {
        foreach (var unknown in values.GetChildren().Select(child => child.Key).Where(key => !Known.Contains(key, StringComparer.OrdinalIgnoreCase)))
        {
            faults.Add($"{unknown} is not a setting; the settings are {string.Join(", ", Known)}.");
        }

        var data = Path.GetFullPath(Text("data") ?? "data");
        var urls = ReadUrls();
        var address = ReadAddress(urls);
        var settings = new Settings
        {
            DataFolder = data,
            Database = ReadDatabase(),
            FilesInDatabase = ReadFiles(),
            KeyFile = Path.GetFullPath(Text("keyFile") ?? Path.Combine(Path.TrimEndingDirectorySeparator(data) + ".keys", "key-encryption.key")),
            Urls = urls,
            Address = address,
            AllowedHosts = [.. List("allowedHosts"), new Uri(address.BaseUrl).Host, .. address.IsLoopback ? (string[])["localhost", "127.0.0.1", "[::1]"] : []],
            TrustedProxies = ReadProxies(),
            StaffSecondFactor = Flag("staffSecondFactor"),
            IssuerOrigins = ReadOrigins(address),
            KnownIssuers = [.. List("knownIssuers")],
            Authorities = [.. values.GetSection("authorities").GetChildren().Select(ReadAuthority)],
            Rates = new(
                Number("rates:perAddress", RequestRates.Default.PerAddress),
                Number("rates:perAccount", RequestRates.Default.PerAccount),
                Number("rates:signInsPerAddress", RequestRates.Default.SignInsPerAddress)),
            AtOnce = Number("rates:atOnce", Admission.Default),
            NoticesKeptFor = TimeSpan.FromDays(Number("noticeDays", (int)Settings.DefaultNoticesKeptFor.TotalDays)),
            MailFolder = Text("mailFolder") switch
            {
                null => Path.TrimEndingDirectorySeparator(data) + ".letters",
                "none" => null,
                { } folder => Path.GetFullPath(folder),
            },
            CheckpointFolder = Text("checkpoints") switch
            {
                null => Path.TrimEndingDirectorySeparator(data) + ".checkpoints",
                "none" => null,
                { } folder => Path.GetFullPath(folder),
            },
            Mail = ReadMail(address),
            Texts = ReadTexts(address),
            MaxFileBytes = ReadMaxFileBytes(),
            EvidenceHost = ReadEvidenceHost(address),
            Clamd = ReadClamd(),
            Otlp = OtlpSettings.Read(values.GetSection("otlp"), faults),
        };
        if (settings.KeyFile.StartsWith(data + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            faults.Add("keyFile lies inside the data folder: then a copy of the data would hold its own key. Choose another folder.");
        }

        if (settings.CheckpointFolder?.StartsWith(data + Path.DirectorySeparatorChar, StringComparison.Ordinal) == true)
        {
            faults.Add("checkpoints lies inside the data folder: then they would be restored together with it. Choose another folder, best on another machine.");
        }

        return faults.Count == 0 ? settings : throw Refused.Invalid("settings.invalid", string.Join(Environment.NewLine, faults));
    }

    private string? ReadDatabase()
    {
        if (Text("database") is not { } text)
        {
            return null;
        }

        if (!OpenedStore.IsConnection(text))
        {
            // The text is not repeated: it may hold a password.
            faults.Add("database is not a connection to PostgreSQL, such as Host=db.example.org;Database=skillbadges;Username=skillbadges;Password=...;SSL Mode=VerifyFull.");
        }

        return text;
    }

    private bool ReadFiles()
    {
        var isDatabase = Text("files") == "database";
        if (Text("files") is not (null or "folder" or "database") || (isDatabase && Text("database") is null))
        {
            faults.Add("files: is folder, which is the default, or database, where one is named.");
        }

        return isDatabase;
    }

    private long ReadMaxFileBytes()
    {
        const long Default = 100 * 1024 * 1024;
        if (Text("maxFileBytes") is not { } text)
        {
            return Default;
        }

        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) || bytes is < 1024 or > 64L * 1024 * 1024 * 1024)
        {
            faults.Add($"maxFileBytes: {text} is not a number of bytes from 1024 to 64 GB.");
        }

        return bytes;
    }

    private string? Text(string name) => string.IsNullOrWhiteSpace(values[name]) ? null : values[name];

    // One text with commas, or a list in the file.
    private IEnumerable<string> List(string name) =>
        values.GetSection(name).GetChildren().Select(child => child.Value ?? "").Concat((values[name] ?? "").Split(',')).Select(text => text.Trim()).Where(text => text.Length > 0);

    private bool Flag(string name)
    {
        if (Text(name) is not { } text)
        {
            return false;
        }

        if (!bool.TryParse(text, out var flag))
        {
            faults.Add($"{name}: {text} is neither true nor false.");
        }

        return flag;
    }

    private int Number(string name, int otherwise)
    {
        if (Text(name) is not { } text)
        {
            return otherwise;
        }

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            faults.Add($"{name}: {text} is not a whole number from 0.");
        }

        return number;
    }
}
