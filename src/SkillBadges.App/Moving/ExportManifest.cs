using System.Collections.Immutable;
using System.Text.Json;
using SkillBadges.Core;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Moving;

/// <summary>A file of lines: documents of one kind, waiting messages, or the list of kept files.</summary>
/// <param name="Name">Below the folder of the export, such as <c>documents/award/000001.jsonl</c>.</param>
/// <param name="Lines">One thing a line.</param>
internal sealed record ExportPart(string Name, int Lines, long Bytes, Sha256Digest Sha256)
{
    public const string Documents = "documents/";
    public const string Outbox = "outbox/";
    public const string Listing = "listing/";

    /// <summary>The kind of the documents in it; null for another part.</summary>
    public string? Kind => Name.StartsWith(Documents, StringComparison.Ordinal) ? Name[Documents.Length..Name.LastIndexOf('/')] : null;
}

/// <summary>A file that the part "listing" names; it lies at <c>files/ab/cd/{sha256}</c>.</summary>
internal sealed record ListedFile(Sha256Digest Sha256, long Bytes)
{
    public string Name => $"files/{Sha256.Hex[..2]}/{Sha256.Hex[2..4]}/{Sha256.Hex}";
}

/// <summary>What an export holds; its own digest is in <see cref="ExportKeys"/>, which is written last.</summary>
/// <param name="Format">1.</param>
/// <param name="Id">Tells exports apart.</param>
/// <param name="BaseUrl">The address that ids are made from; null when no organization was founded yet.</param>
/// <param name="DamagedFiles">Files whose bytes were no longer those that were handed in; they are not in the export.</param>
internal sealed record ExportManifest(
    int Format, string Id, DateTimeOffset MadeAt, string? BaseUrl, long Documents, long Messages, long Files, long FileBytes, long Chains, long LedgerEntries, ImmutableArray<ExportPart> Parts, ImmutableArray<Sha256Digest> DamagedFiles)
{
    public const int CurrentFormat = 1;
    public const string Name = "manifest.json";

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, ExportJson.Indented);
}

/// <summary>Marks a folder as ours from the first moment, so that an export that was interrupted can go on in it.</summary>
internal sealed record ExportBegun(int Format, string Id, string? BaseUrl)
{
    public const string Name = "begun.json";
}

internal static class ExportJson
{
    public static JsonSerializerOptions Indented { get; } = new(DocumentJson.Options) { WriteIndented = true };

    /// <exception cref="RefusedException"><c>import.damaged</c>.</exception>
    public static T Read<T>(ReadOnlySpan<byte> json, string name)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Indented) ?? throw Damaged(name);
        }
        catch (JsonException)
        {
            throw Damaged(name);
        }
    }

    public static RefusedException Damaged(params IReadOnlyCollection<string> names) =>
        Refused.Invalid("import.damaged", $"These files of the export are missing or are not as they were written: {string.Join(", ", names)}. Nothing was imported from them; copy the export again.");
}
