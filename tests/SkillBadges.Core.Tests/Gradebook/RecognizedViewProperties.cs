using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using SkillBadges.Core.Gradebook;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Mastery;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;
using SkillBadges.Core.Tests.Ledger;
using SkillBadges.Core.Tests.Mastery;

namespace SkillBadges.Core.Tests.Gradebook;

/// <summary>Ledgers in which some levels were decided elsewhere and recognized, and some of those fell.</summary>
public sealed class RecognizedViewProperties
{
    [Fact]
    public void A_record_with_recognized_levels_is_what_the_ledger_alone_says_in_whatever_order_it_is_read() => Prop.ForAll(RandomLedger.Histories.ToArbitrary(), history =>
    {
        var ledger = Record(history);
        var scale = Scales.FourLevel();
        return Enumerable.Range(0, RandomLedger.Learners).Select(RandomLedger.Learner).All(learner =>
        {
            var own = ledger.Where(entry => entry.Learner == learner).ToList();
            var view = View(learner, own, scale);
            return JsonSerializer.Serialize(view, DocumentJson.Options) == JsonSerializer.Serialize(View(learner, own.AsEnumerable().Reverse(), scale), DocumentJson.Options)
                && view.Lines.All(line => line.Recognized?.Source == Source(own, line));
        });
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    // As somebody reads it who knows no more than the rules: the last decision of the skill that nothing took back, and where it says that it is from.
    private static string? Source(IReadOnlyList<MasteryEntry> ledger, GradebookLine line) => ledger
        .Where(entry => entry.Facts.Competency.Badge.Slug == line.Competency.Badge.Slug && entry.Facts.Competency.CompetencyId == line.Competency.CompetencyId)
        .LastOrDefault(entry => entry.Facts.Effect != EntryEffect.Retracted && ledger.All(other => other.Facts.Corrects != entry.Id))?.Facts.Recognized?.Source;

    private static GradebookView View(PersonId learner, IEnumerable<MasteryEntry> entries, MasteryScale scale) =>
        GradebookView.Of(learner, entries, new Dictionary<Sha256Digest, MasteryScale> { [scale.SnapshotHash] = scale }, new Dictionary<OrganizationId, string> { [Entries.School] = "Westfield High" }, 0, ScoringChoices.None);

    private static IReadOnlyList<MasteryEntry> Record(IEnumerable<LedgerStep> history)
    {
        var last = new Dictionary<PersonId, MasteryEntry>();
        var count = 0;
        return RandomLedger.RecordAsync(history, Scales.FourLevel(), (learner, facts) =>
        {
            count++;
            var marked = facts with { Recognized = count % 3 == 0 ? new("Credential", "did:web:far.example", $"source-{count}", null, count % 2 == 0 ? $"theirs-{count}" : null, "SameItem", null, null, ["owner", "match"]) : null };
            return Task.FromResult(last[learner] = MasteryEntry.Append(last.GetValueOrDefault(learner), $"entry-{count}", Entries.School, learner, marked, new("Pat Teacher", null, null, []), "salt"));
        }).Result;
    }
}
