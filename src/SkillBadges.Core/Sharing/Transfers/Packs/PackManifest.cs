using System.Collections.Immutable;
using SkillBadges.Core.Sharing.Profiles;

namespace SkillBadges.Core.Sharing.Transfers.Packs;

/// <param name="Path">Inside the pack, such as <c>record/ledger.json</c>.</param>
public sealed record PackFile(string Path, Sha256Digest Sha256, long Bytes);

/// <param name="Did">Null for a school that this instance does not know.</param>
public sealed record PackParty(string Name, string? Did);

/// <param name="Subject">The name under which the releasing school's badges speak of the learner, or null where it gave none.</param>
public sealed record PackLearner(string Name, string? Subject);

/// <summary>What a pack says of itself; signed by the school that let it go.</summary>
/// <param name="Notice">34 CFR 99.33, in words.</param>
public sealed record PackManifest(
    string Format, string Transfer, DateTimeOffset CreatedAt, PackParty From, PackParty To, PackLearner Learner, DisclosureBasis Ground, string Notice, ImmutableArray<PackFile> Files)
{
    public const string FormatName = "skillbadges-transfer/1";

    public const string Words = "This record may not be passed on to anybody else without the consent of whoever holds the rights in it (34 CFR 99.33).";
}

/// <summary>The names of files in a pack; nothing else is in one.</summary>
public static class PackNames
{
    public const string Manifest = "manifest.json";
    public const string Signature = "manifest.jws";
    public const string Keys = "keys/did.json";
    public const string Clr = "record/clr.json";
    public const string Ledger = "record/ledger.json";
    public const string Scales = "record/scales.json";
    public const string Competencies = "record/competencies.json";
    public const string Statements = "record/statements.json";
    public const string Evidence = "record/evidence.json";
    public const string Legend = "record/legend.txt";

    /// <summary>What the learner's profile shows the next school; absent where that is nothing.</summary>
    public const string Profile = "record/profile.json";

    /// <summary>The ZIP itself, in reports; no file has this name.</summary>
    public const string Container = "(the container)";

    private const string EvidenceFolder = "evidence/";

    private static readonly string[] all = [Manifest, Signature, Keys, Clr, Ledger, Scales, Competencies, Statements, Evidence, Legend, Profile];

    public static string EvidenceOf(Sha256Digest digest) => EvidenceFolder + digest.Hex;

    /// <summary>The digest that the name of an evidence file says; null for any other name.</summary>
    public static Sha256Digest? EvidenceIn(string path) =>
        path.StartsWith(EvidenceFolder, StringComparison.Ordinal) && Sha256Digest.TryParse(path[EvidenceFolder.Length..], out var digest) ? digest : null;

    public static bool IsKnown(string path) => all.Contains(path, StringComparer.Ordinal) || EvidenceIn(path) is not null;
}

/// <param name="IsHere">Whether the bytes are in the pack; else only what they were.</param>
public sealed record PackEvidence(Sha256Digest Sha256, string MediaType, long Bytes, bool IsHere);

/// <summary>A line of the learner's profile that the learner lets the next school have.</summary>
/// <param name="Author">In which capacity it was written; no person is named.</param>
public sealed record PackProfileLine(ProfileBlock Block, string Text, ProfileVoice Author, DateTimeOffset At);
