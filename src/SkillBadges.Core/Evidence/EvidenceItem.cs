using System.Text.Json;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence;

/// <summary>
/// One piece of proof. Its digest is of the file's bytes, or of the item's own text where there is no file, so that what
/// was judged can be told from what was shown later.
/// </summary>
public sealed record EvidenceItem
{
    public const int MaxTitleLength = 200;
    public const int MaxTextLength = 20_000;
    public const int MaxUrlLength = 2_000;

    public required string Id { get; init; }

    public required EvidenceKind Kind { get; init; }

    public required string Title { get; init; }

    public required Sha256Digest Digest { get; init; }

    public required string MediaType { get; init; }

    public required long Bytes { get; init; }

    public required DateTimeOffset AddedAt { get; init; }

    public LearningContext Context { get; init; }

    public string? FileName { get; init; }

    public string? Url { get; init; }

    public string? Text { get; init; }

    public ThirdPartyCertificate? Certificate { get; init; }

    public AssessmentResult? Assessment { get; init; }

    public LogProof? Log { get; init; }

    /// <summary>Where several made it; null where it is the learner's alone.</summary>
    public TeamPart? Team { get; init; }

    /// <summary>The option of the competency's choice board that it answers, one of the badge or an accepted <see cref="Pitch"/>; or null.</summary>
    public string? OptionId { get; init; }

    /// <exception cref="RefusedException"><c>evidence.title</c> or <c>evidence.file-name</c>.</exception>
    public static EvidenceItem OfFile(string id, string title, string fileName, StoredFile file, string mediaType, DateTimeOffset at) => new()
    {
        Id = id,
        Kind = EvidenceKind.File,
        Title = RequireTitle(title),
        FileName = Evidence.FileName.Require(fileName),
        Digest = file.Digest,
        MediaType = mediaType,
        Bytes = file.Length,
        AddedAt = at,
    };

    /// <exception cref="RefusedException"><c>evidence.title</c> or <c>evidence.url</c>.</exception>
    public static EvidenceItem OfLink(string id, string title, string url, DateTimeOffset at) =>
        OfContent(id, EvidenceKind.Link, title, "text/uri-list", RequireUrl(url), at) with { Url = url };

    /// <exception cref="RefusedException"><c>evidence.title</c> or <c>evidence.text</c>.</exception>
    public static EvidenceItem OfText(string id, string title, string text, DateTimeOffset at)
    {
        var content = DisplayText.Optional(text, MaxTextLength, "evidence.text") ?? throw Refused.Invalid("evidence.text", "Please write something here.");
        return OfContent(id, EvidenceKind.Text, title, "text/plain", content, at) with { Text = content };
    }

    /// <exception cref="RefusedException"><c>evidence.title</c>, <c>evidence.certificate</c>, <c>evidence.url</c>.</exception>
    public static EvidenceItem OfCertificate(string id, string title, ThirdPartyCertificate certificate, DateTimeOffset at)
    {
        var clean = certificate with
        {
            Number = DisplayText.Require(certificate.Number, 100, "evidence.certificate"),
            Issuer = DisplayText.Require(certificate.Issuer, 200, "evidence.certificate"),
            RegistryUrl = certificate.RegistryUrl is { } registry ? RequireUrl(registry) : null,
        };
        var content = JsonSerializer.Serialize(clean, DocumentJson.Options);
        return OfContent(id, EvidenceKind.Certificate, title, "application/json", content, at) with { Certificate = clean };
    }

    /// <exception cref="RefusedException"><c>evidence.title</c>.</exception>
    public static EvidenceItem OfAssessment(string id, AssessmentResult result, DateTimeOffset at) =>
        OfContent(id, EvidenceKind.Assessment, result.Name, "application/json", JsonSerializer.Serialize(result, DocumentJson.Options), at) with { Assessment = result };

    public bool IsFileOf(Sha256Digest digest) => Kind == EvidenceKind.File && Digest == digest;

    public static bool IsSound(string mediaType) => mediaType.StartsWith("audio/", StringComparison.Ordinal);

    /// <summary>Whether it is played and has no picture.</summary>
    public bool IsSound() => Kind == EvidenceKind.File && IsSound(MediaType);

    /// <summary>What is left when its content is erased: that it was there, when, of which kind and size, and its digest.</summary>
    public EvidenceItem Erased() => this with { Title = "Erased", FileName = null, Url = null, Text = null, Certificate = null, Assessment = null, Log = null, Team = null };

    /// <param name="id">Its own.</param>
    /// <param name="title">1 to 200 characters.</param>
    /// <param name="log">The entries.</param>
    /// <param name="entries">Their words as JSON; the digest is of them.</param>
    /// <param name="at">When it was added.</param>
    /// <exception cref="RefusedException"><c>evidence.title</c>.</exception>
    public static EvidenceItem OfLog(string id, string title, LogProof log, string entries, DateTimeOffset at) => OfContent(id, EvidenceKind.Log, title, "application/json", entries, at) with { Log = log };

    /// <summary>What an assessor saw; its digest is of the whole observation, its note among it.</summary>
    public static EvidenceItem OfObservation(Observation observation) =>
        OfContent(observation.Id.Value, EvidenceKind.Observation, "Observation", "application/json", JsonSerializer.Serialize(observation, DocumentJson.Options), observation.RecordedAt) with
        {
            Context = observation.Context.Placement is null ? LearningContext.Class : LearningContext.WorkSite,
        };

    private static EvidenceItem OfContent(string id, EvidenceKind kind, string title, string mediaType, string content, DateTimeOffset at)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(content);
        return new()
        {
            Id = id,
            Kind = kind,
            Title = RequireTitle(title),
            Digest = Sha256Digest.Of(bytes),
            MediaType = mediaType,
            Bytes = bytes.Length,
            AddedAt = at,
        };
    }

    private static string RequireTitle(string title) => DisplayText.Require(title, MaxTitleLength, "evidence.title");

    private static string RequireUrl(string url)
    {
        if (url.Length > MaxUrlLength || !StorableText.IsStorable(url) || url.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)) || !Uri.TryCreate(url, UriKind.Absolute, out var parsed)
            || (parsed.Scheme != Uri.UriSchemeHttps && parsed.Scheme != Uri.UriSchemeHttp) || parsed.UserInfo.Length > 0)
        {
            throw Refused.Invalid("evidence.url", "A link begins with https:// or http:// and has neither spaces nor a user name in it.");
        }

        return url;
    }
}
