using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using SkillBadges.App.Telemetry;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App;

/// <summary>An OpenID Connect authority whose access tokens are accepted beside our own.</summary>
/// <param name="Issuer">Exactly as its tokens say in <c>iss</c>; https, or http on loopback.</param>
/// <param name="Audience">What its tokens must say in <c>aud</c>.</param>
/// <param name="TokenType">What its tokens must say in <c>typ</c>; an id_token's <c>JWT</c> is never enough.</param>
internal sealed record ExternalAuthority(string Issuer, string Audience, string TokenType);

/// <summary>Requests a minute; 0 sets no limit.</summary>
internal sealed record RequestRates(int PerAddress, int PerAccount, int SignInsPerAddress)
{
    // A school sits behind one address: a thousand learners share it.
    public static readonly RequestRates Default = new(PerAddress: 12_000, PerAccount: 1_200, SignInsPerAddress: 300);

    /// <summary>False when every rate is zero, which means no limit.</summary>
    public bool AreLimited => this != new RequestRates(0, 0, 0);
}

/// <summary>The operator's mail server; without a host letters go to a folder.</summary>
/// <param name="From">A checked address.</param>
/// <param name="User">With <paramref name="Password"/>, or null.</param>
internal sealed record MailServer(string From, string? Host, int Port, string? User, string? Password)
{
    public const int DefaultPort = 587;

    /// <summary>Who may vouch for the server in place of the machine's own authorities; null for those.</summary>
    public X509Certificate2Collection? Authorities { get; init; }
}

/// <summary>The operator's gateway for text messages.</summary>
/// <param name="Url">https; or http on loopback while our own address is there.</param>
internal sealed record TextMessages(Uri Url, string? Token);

/// <summary>Every setting, checked at start by <see cref="SettingsReading"/>.</summary>
internal sealed record Settings
{
    public static readonly TimeSpan DefaultNoticesKeptFor = TimeSpan.FromDays(180);

    public required string DataFolder { get; init; }

    /// <summary>Where PostgreSQL keeps the documents, as Npgsql reads it; null for SQLite in the data folder. Holds a password.</summary>
    public string? Database { get; init; }

    /// <summary>Whether files of evidence are in that database too, and not in the data folder.</summary>
    public bool FilesInDatabase { get; init; }

    /// <summary>Holds the key-encryption key; outside the data folder.</summary>
    public required string KeyFile { get; init; }

    public required ImmutableArray<string> Urls { get; init; }

    /// <summary>What ids, links and did:web names are made from.</summary>
    public required InstanceAddress Address { get; init; }

    /// <summary>Values of the Host header that are answered.</summary>
    public required ImmutableArray<string> AllowedHosts { get; init; }

    /// <summary>Proxies whose X-Forwarded-For and X-Forwarded-Proto are believed.</summary>
    public ImmutableArray<IPNetwork> TrustedProxies { get; init; } = [];

    /// <summary>Whether everyone who is more than a student or guardian must use a second factor.</summary>
    public bool StaffSecondFactor { get; init; }

    public ImmutableArray<ExternalAuthority> Authorities { get; init; } = [];

    /// <summary>Origins such as <c>https://badges.example.org</c> that a verification may ask for an issuer's keys and status lists.</summary>
    public ImmutableArray<string> IssuerOrigins { get; init; } = [];

    /// <summary>Issuer ids (DIDs) outside this instance that count as known.</summary>
    public ImmutableArray<string> KnownIssuers { get; init; } = [];

    public RequestRates Rates { get; init; } = RequestRates.Default;

    /// <summary>How many requests are worked at at once; others wait for their turn, for a moment. 0 for no limit.</summary>
    public int AtOnce { get; init; }

    /// <summary>How large one file of evidence may be.</summary>
    public long MaxFileBytes { get; init; } = 100 * 1024 * 1024;

    /// <summary>Origin without cookies from which pictures and films are shown, such as <c>https://evidence.example.org</c>; without one there are downloads alone.</summary>
    public Uri? EvidenceHost { get; init; }

    /// <summary>Where the scanner listens: <c>tcp://host:3310</c> or <c>unix:/run/clamav/clamd.ctl</c>; without one nothing is scanned.</summary>
    public Uri? Clamd { get; init; }

    /// <summary>Where letters are put as files when there is no server or gateway for them; null for nowhere: then links are handed out by administrators.</summary>
    public string? MailFolder { get; init; }

    /// <summary>Outside the data folder, best on another machine: where signed checkpoints go every minute; null for nowhere.</summary>
    public string? CheckpointFolder { get; init; }

    public MailServer Mail { get; init; } = new("no-reply@localhost.invalid", null, MailServer.DefaultPort, null, null);

    public TextMessages? Texts { get; init; }

    /// <summary>Where what is measured goes; null for nowhere.</summary>
    public OtlpSettings? Otlp { get; init; }

    /// <summary>How long somebody finds a notice in their list.</summary>
    public TimeSpan NoticesKeptFor { get; init; } = DefaultNoticesKeptFor;

    /// <summary>Whether the addresses for interoperability suites are there; only ever by the option of the same name.</summary>
    public bool IsConformance { get; init; }
}
