using SkillBadges.Core.Ledger;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Tests.Ledger;

public sealed class LedgerChainTests
{
    private static readonly IReadOnlyList<MasteryEntry> Three = Entries.Chain(Entries.Facts("developing"), Entries.Facts(minute: 1), Entries.Facts("advanced", minute: 2));

    [Fact]
    public void An_untouched_chain_holds() => Assert.Empty(LedgerChain.Check(Three));

    [Fact]
    public void Erasing_names_and_words_leaves_the_chain_verifiable() =>
        Assert.Empty(LedgerChain.Check([Three[0].EraseNotes(), Three[1], Three[2].EraseNotes()]));

    [Fact]
    public void A_chain_holds_after_it_was_stored_and_read_back() =>
        Assert.Empty(LedgerChain.Check(Three.Select(entry => (MasteryEntry)LedgerDocuments.Kind.Read(LedgerDocuments.Kind.Write(entry), 1))));

    public static TheoryData<string, Func<MasteryEntry, MasteryEntry>> Tampering => new()
    {
        { "hash", entry => entry with { Facts = entry.Facts with { Level = entry.Facts.Level with { Code = "advanced" } } } },
        { "hash", entry => entry with { Facts = entry.Facts with { DecidedAt = entry.Facts.DecidedAt.AddTicks(10) } } },
        { "hash", entry => entry with { Learner = PersonId.From("learner-2") } },
        { "hash", entry => entry with { Facts = entry.Facts with { Evidence = [] } } },
        { "notes", entry => entry with { Notes = entry.Notes! with { Comment = "Changed later." } } },
        { "sequence-gap", entry => entry with { Sequence = 7 } },
        { "previous-hash", entry => entry with { PreviousHash = Sha256Digest.Of("other"u8) } },
    };

    [Theory]
    [MemberData(nameof(Tampering))]
    public void Any_change_to_an_entry_is_named(string fault, Func<MasteryEntry, MasteryEntry> tamper) =>
        Assert.Contains(LedgerChain.Check([Three[0], tamper(Three[1]), Three[2]]), found => found.Fault == fault && found.EntryId == "entry-2");

    [Fact]
    public void A_missing_entry_is_noticed() => Assert.Contains(LedgerChain.Check([Three[0], Three[2]]), found => found.Fault == "sequence-gap");

    [Fact]
    public void An_entry_rewritten_with_a_fresh_hash_breaks_its_successor()
    {
        var rewritten = Three[1] with { Facts = Entries.Facts("beginning", minute: 1) };
        rewritten = rewritten with { Hash = rewritten.ComputeHash() };

        Assert.Contains(LedgerChain.Check([Three[0], rewritten, Three[2]]), found => found.Fault == "previous-hash" && found.EntryId == "entry-3");
    }

    [Fact]
    public void A_correction_points_to_an_entry_before_it() =>
        Assert.Contains(LedgerChain.Check(Entries.Chain(Entries.Facts(corrects: "entry-9"))), found => found.Fault == "corrects-unknown-entry");

    [Fact]
    public void A_place_in_a_chain_is_taken_once() => Assert.True(LedgerDocuments.Chain.IsUnique);
}
