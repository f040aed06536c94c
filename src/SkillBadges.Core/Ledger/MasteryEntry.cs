using System.Text;
using System.Text.Json;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Ledger;

/// <summary>
/// One decided competency, never rewritten. Entries form one chain per record-keeper and learner: each holds the hash of
/// the one before.
/// </summary>
public sealed record MasteryEntry
{
    public required string Id { get; init; }

    /// <summary>The school whose record this is.</summary>
    public required OrganizationId RecordKeeper { get; init; }

    public required PersonId Learner { get; init; }

    /// <summary>From 1, without gaps within the chain.</summary>
    public required long Sequence { get; init; }

    /// <summary>Null for the first of a chain.</summary>
    public Sha256Digest? PreviousHash { get; init; }

    public required MasteryFacts Facts { get; init; }

    /// <summary>SHA-256 of salt and notes; stays when they are erased.</summary>
    public required Sha256Digest NotesDigest { get; init; }

    /// <summary>128 random bits; null once erased.</summary>
    public string? NotesSalt { get; init; }

    /// <summary>Null once erased.</summary>
    public PersonalNotes? Notes { get; init; }

    public required Sha256Digest Hash { get; init; }

    public static string ChainOf(OrganizationId recordKeeper, PersonId learner) => $"{recordKeeper.Value}/{learner.Value}";

    /// <summary>The next entry of a chain whose last is <paramref name="last"/>.</summary>
    public static MasteryEntry Append(MasteryEntry? last, string id, OrganizationId recordKeeper, PersonId learner, MasteryFacts facts, PersonalNotes notes, string salt)
    {
        var entry = new MasteryEntry
        {
            Id = id,
            RecordKeeper = recordKeeper,
            Learner = learner,
            Sequence = (last?.Sequence ?? 0) + 1,
            PreviousHash = last?.Hash,
            Facts = facts,
            NotesSalt = salt,
            Notes = notes,
            NotesDigest = DigestOf(salt, notes),
            Hash = default,
        };
        return entry with { Hash = entry.ComputeHash() };
    }

    /// <summary>SHA-256 of the UTF-8 JSON of id, chain, sequence, previous hash, facts and the notes' digest, in this order.</summary>
    public Sha256Digest ComputeHash() => Sha256Digest.Of(JsonSerializer.SerializeToUtf8Bytes(
        new Hashed(Id, ChainOf(RecordKeeper, Learner), Sequence, PreviousHash, Facts, NotesDigest),
        DocumentJson.Options));

    /// <summary>False when the notes are there but are not those that were recorded.</summary>
    public bool NotesMatch() => Notes is null || NotesSalt is null || DigestOf(NotesSalt, Notes) == NotesDigest;

    /// <summary>Forgets names and words; the chain stays verifiable.</summary>
    public MasteryEntry EraseNotes() => this with { Notes = null, NotesSalt = null };

    private static Sha256Digest DigestOf(string salt, PersonalNotes notes) =>
        Sha256Digest.Of([.. Encoding.UTF8.GetBytes(salt), .. JsonSerializer.SerializeToUtf8Bytes(notes, DocumentJson.Options)]);

    private sealed record Hashed(string Id, string Chain, long Sequence, Sha256Digest? PreviousHash, MasteryFacts Facts, Sha256Digest NotesDigest);
}
