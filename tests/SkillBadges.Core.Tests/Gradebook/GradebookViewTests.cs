using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Gradebook;
using SkillBadges.Core.Gradebook.Trust;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Mastery;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Tests.Evidence;
using SkillBadges.Core.Tests.Ledger;
using SkillBadges.Core.Tests.Mastery;

namespace SkillBadges.Core.Tests.Gradebook;

public sealed class GradebookViewTests
{
    private const string IssuerDid = "did:web:localhost%3A5080:orgs:school-1";

    private static readonly DateTimeOffset Later = Works.Monday.AddDays(30);

    [Fact]
    public void The_latest_decision_stands_and_all_of_them_stay_in_the_history()
    {
        var line = Assert.Single(View(Entries.Facts("advanced"), Entries.Facts("developing", minute: 1)).Lines);

        Assert.Equal("developing", line.Standing!.Code);
        Assert.Equal(["advanced", "developing"], line.History.Select(decided => decided.Level.Code));
    }

    [Fact]
    public void A_corrected_decision_is_shown_and_stands_no_more()
    {
        var line = Assert.Single(View(Entries.Facts("advanced"), Entries.Facts("developing", corrects: "entry-1", minute: 1)).Lines);

        Assert.Equal("developing", line.Standing!.Code);
        Assert.Equal([false, true], line.History.Select(decided => decided.IsStanding));
    }

    [Fact]
    public void When_every_decision_was_retracted_there_is_no_level()
    {
        var retraction = Entries.Facts(corrects: "entry-1", minute: 1) with { Effect = EntryEffect.Retracted };

        Assert.Null(Assert.Single(View(Entries.Facts(), retraction).Lines).Standing);
    }

    [Fact]
    public void The_policy_of_the_scale_reads_the_history()
    {
        var highest = Scales.FourLevel(ScoringPolicy.Highest);
        MasteryFacts On(MasteryFacts facts) => facts with { Scale = new(highest.Id, highest.Version, highest.SnapshotHash) };
        var chain = Entries.Chain(On(Entries.Facts("advanced")), On(Entries.Facts("developing", minute: 1)));

        var view = GradebookView.Of(Entries.Learner, chain, Snapshots(highest), Names, 0, ScoringChoices.None);

        Assert.Equal("advanced", Assert.Single(view.Lines).Standing!.Code);
    }

    [Fact]
    public void Where_it_was_learned_can_be_filtered_by_and_changes_no_level()
    {
        var atWork = Entries.Facts(competency: "drilling") with { Evidence = [Entries.Facts().Evidence[0] with { Context = LearningContext.WorkSite }] };
        var view = View(Entries.Facts(), atWork);

        var line = Assert.Single(view.WithProofFrom(LearningContext.WorkSite).Lines);

        Assert.Equal("drilling", line.Competency.CompetencyId);
        Assert.Equal(view.Lines.Single(all => all.Competency.CompetencyId == "drilling").Standing, line.Standing);
        Assert.Empty(view.WithProofFrom(LearningContext.Online).Lines);
    }

    [Fact]
    public void A_level_of_an_accepted_issuer_counts_with_the_reason()
    {
        var judged = Judge(Line(), Plain);

        Assert.Equal("entry-1", judged.Satisfied!.SourceEntryId);
        Assert.Contains("Proficient", judged.Satisfied.Reason, StringComparison.Ordinal);
        Assert.Contains("accepts for manufacturing", Judge(Line(), Listed(terms => terms)).Satisfied!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void It_does_not_count_without_acceptance_a_sufficient_level_recency_the_right_assessor_or_a_standing_badge()
    {
        Assert.Null(Judge(Line(), null).Satisfied);
        Assert.Null(Judge(Line(), Listed(terms => terms with { IsRefused = true })).Satisfied);
        Assert.Null(Judge(Line(Entries.Facts("developing")), Plain).Satisfied);
        Assert.Null(Judge(Line(Entries.Facts() with { ValidUntil = Later }), Plain).Satisfied);
        Assert.NotNull(Judge(Line(), Listed(terms => terms with { RecencyMonths = 2, Assessors = [ReviewerRole.Teacher] })).Satisfied);
        Assert.Null(Recognition.Judge(Line(), Looking, IssuerDid, Listed(terms => terms with { RecencyMonths = 2 }), isHeld: true, Later.AddMonths(2)).Satisfied);
        Assert.Null(Judge(Line(), Listed(terms => terms with { Assessors = [ReviewerRole.Supervisor] })).Satisfied);
        Assert.Null(Recognition.Judge(Line(), Looking, IssuerDid, Plain, isHeld: false, Later).Satisfied);
    }

    [Fact]
    public void A_schools_own_entry_needs_no_recognition() =>
        Assert.Null(Recognition.Judge(Line(), Looking with { Id = Entries.School }, IssuerDid, Plain, isHeld: true, Later).Satisfied);

    [Fact]
    public void What_was_recognized_points_to_its_source_until_that_falls_and_is_not_passed_on()
    {
        var from = new RecognizedFrom("Credential", "did:web:college.example", "source-key", null, "their-entry", "SameItem", null, null, ["owner", "match"]);
        var recognized = Entries.Facts() with { Recognized = from };

        var line = Line(recognized);

        Assert.Equal(("did:web:college.example", "source-key", "their-entry"), (line.Recognized!.IssuerDid, line.Recognized.Source, line.Recognized.SourceEntryId));
        Assert.Equal(line.Recognized, Assert.Single(line.History).Recognized);
        Assert.Null(Judge(line, Plain).Satisfied);

        var fallen = Assert.Single(View(recognized, recognized with { Effect = EntryEffect.Retracted, Corrects = "entry-1" }).Lines);
        Assert.Null(fallen.Standing);
        Assert.Null(fallen.Recognized);
        Assert.Equal([false, false], fallen.History.Select(decided => decided.IsStanding));

        // Decided here afterwards, it is the school's own.
        Assert.Null(Assert.Single(View(recognized, Entries.Facts("advanced", minute: 1)).Lines).Recognized);
    }

    private static readonly Dictionary<OrganizationId, string> Names = new() { [Entries.School] = "Westfield High" };

    private static Dictionary<Sha256Digest, MasteryScale> Snapshots(MasteryScale scale) => new() { [scale.SnapshotHash] = scale };

    private static GradebookView View(params MasteryFacts[] facts) => GradebookView.Of(Entries.Learner, Entries.Chain(facts), Snapshots(Scales.FourLevel()), Names, 0, ScoringChoices.None);

    private static GradebookLine Line(MasteryFacts? facts = null) => Assert.Single(View(facts ?? Entries.Facts()).Lines);

    private static Organization Looking { get; } = Organization.Found(OrganizationId.From("school-2"), "eastfield-high", "Eastfield High", OrganizationKind.HighSchool, null);

    // On the plain list of accepted schools.
    private static TrustAnswer Plain => new(Looking.Id, null);

    private static TrustAnswer Listed(Func<TrustTerms, TrustTerms> change) =>
        new(Looking.Id, new("line", change(new(IssuerDid, TrustScope.Field, "manufacturing", new(2020, 1, 1))), PersonId.From("admin"), Works.Monday));

    private static GradebookLine Judge(GradebookLine line, TrustAnswer? said) => Recognition.Judge(line, Looking, IssuerDid, said, isHeld: true, Later);
}
