using FsCheck;
using FsCheck.Fluent;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Gradebook;
using SkillBadges.Core.Gradebook.Graduation;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Mastery;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Tests.Definitions;
using SkillBadges.Core.Tests.Ledger;
using SkillBadges.Core.Tests.Mastery;

namespace SkillBadges.Core.Tests.Gradebook;

public sealed class GraduationTests
{
    private static readonly string[] skills = [.. Badges.Bench().Competencies.Select(skill => skill.Id)];

    private static readonly AuditDefinitions definitions = new(
        ClassViewProperties.TwoBadges.ToDictionary(badge => badge.Id),
        ClassViewProperties.TwoBadges.ToDictionary(badge => badge.Slug),
        new Dictionary<string, BadgeStack> { ["shop"] = new BadgeStack { Slug = "shop", Name = "Shop", Description = "Both.", Badges = [new("bench-work"), new("lathe-work", "developing")], Certificates = [] }.Publish(1) });

    [Fact]
    public void An_audit_says_what_a_bookkeeper_reads_from_the_ledger_alone_and_says_it_again() => Prop.ForAll(RandomLedger.Histories.ToArbitrary(), history =>
    {
        var ledger = RandomLedger.Record(history, Scales.FourLevel());
        var terms = Terms(
            new("bench", "Bench", RequirementKind.Badge) { Slug = "bench-work" },
            new("filing", "Filing", RequirementKind.Skill) { Slug = "bench-work", Skill = "filing", MinimumLevel = "developing" },
            new("some", "One of two", RequirementKind.NOf)
            {
                Count = 1, Of = [new("lathe", "Lathe", RequirementKind.Badge) { Slug = "lathe-work" }, new("drilling", "Drilling", RequirementKind.Skill) { Slug = "bench-work", Skill = "drilling" }],
            },
            new("credits", "Shop credits", RequirementKind.Credits) { Category = "shop", Credits = 1.5m },
            new("stack", "Stack", RequirementKind.Stack) { Slug = "shop" });
        return Enumerable.Range(0, RandomLedger.Learners).Select(RandomLedger.Learner).All(learner =>
        {
            bool At(string badge, string skill, string level) => Array.IndexOf(RandomLedger.Levels, RandomLedger.Standing(ledger, learner, badge, skill, ScoringPolicy.Latest) ?? "") >= Array.IndexOf(RandomLedger.Levels, level);
            bool Sufficient(string badge, string skill) => At(badge, skill, "proficient");
            bool Whole(string badge) => skills.All(skill => Sufficient(badge, skill));
            var audit = Audit(ledger.Where(entry => entry.Learner == learner), terms);
            var again = Audit(ledger.Where(entry => entry.Learner == learner).Reverse(), terms);
            bool Is(string id) => audit.Requirements.Single(requirement => requirement.Id == id).IsSatisfied;
            return Is("bench") == Whole("bench-work")
                && Is("filing") == At("bench-work", "filing", "developing")
                && Is("some") == (Whole("lathe-work") || Sufficient("bench-work", "drilling"))
                && Is("credits") == ((Whole("bench-work") ? 1m : 0) + (Whole("lathe-work") ? 0.5m : 0) >= 1.5m)
                && Is("stack") == (Whole("bench-work") && skills.All(skill => At("lathe-work", skill, "developing")))
                && audit.IsSatisfied == audit.Requirements.All(requirement => requirement.IsSatisfied)
                && audit.Requirements.All(requirement => requirement.IsSatisfied == requirement.Missing.IsEmpty)
                && Flat(audit).SequenceEqual(Flat(again));
        });
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void A_requirement_names_the_decisions_that_satisfy_it_and_what_is_missing_in_words()
    {
        var ledger = Entries.Chain([.. skills.Select(skill => Entries.Facts(competency: skill)), Entries.Facts("developing", "filing", minute: 5)]);

        var audit = Audit(ledger, Terms(
            new("bench", "Bench", RequirementKind.Badge) { Slug = "bench-work" }, new("below", "Filing, passed below proficient", RequirementKind.Skill) { Slug = "bench-work", Skill = "filing", MinimumLevel = "developing" }));

        Assert.Equal(["filing: stands at Developing."], audit.Requirements[0].Missing.AsEnumerable());
        Assert.Equal(["entry-2", "entry-3", "entry-4"], audit.Requirements[0].By.Select(entry => entry.EntryId));
        var below = Assert.Single(audit.Requirements[1].By);
        Assert.Equal(("entry-5", "Developing", false), (below.EntryId, below.Level, below.IsProficient));
        Assert.False(audit.IsSatisfied);
    }

    [Fact]
    public void A_certificate_counts_as_proof_of_a_decided_skill_alone()
    {
        var terms = Terms(new Requirement("cert", "Card", RequirementKind.Certificate) { Slug = "bench-work", Skill = "filing" });
        var plain = Entries.Facts();
        var shown = plain with { Evidence = [plain.Evidence[0] with { Kind = EvidenceKind.Certificate }] };

        Assert.False(Audit(Entries.Chain(plain), terms).IsSatisfied);
        Assert.True(Audit(Entries.Chain(shown), terms).IsSatisfied);
        Assert.False(Audit(Entries.Chain(shown, Entries.Facts("developing", corrects: "entry-1", minute: 1)), terms).IsSatisfied);
    }

    [Fact]
    public void Rules_that_cannot_be_kept_are_refused()
    {
        foreach (var requirement in new Requirement[]
        {
            new("all", "Nothing", RequirementKind.AllOf),
            new("some", "Too many", RequirementKind.NOf) { Count = 2, Of = [new("b", "B", RequirementKind.Badge) { Slug = "bench-work" }] },
            new("badge", "No badge", RequirementKind.Badge),
            new("skill", "No skill", RequirementKind.Skill) { Slug = "bench-work" },
            new("credits", "An eighth", RequirementKind.Credits) { Category = "shop", Credits = 0.125m },
            new("credits", "None", RequirementKind.Credits) { Category = "shop", Credits = 0 },
            new("Not an id", "B", RequirementKind.Badge) { Slug = "bench-work" },
            new("twice", "Twice", RequirementKind.AllOf) { Of = [new("twice", "B", RequirementKind.Badge) { Slug = "bench-work" }] },
            Enumerable.Range(0, GraduationTerms.MaxDepth).Aggregate(new Requirement("leaf", "B", RequirementKind.Badge) { Slug = "bench-work" }, (part, depth) => new($"depth-{depth}", "Deep", RequirementKind.AllOf) { Of = [part] }),
        })
        {
            Assert.Equal("graduation.requirements", Assert.Throws<RefusedException>(() => Terms(requirement).Checked()).Code);
        }
    }

    private static IEnumerable<(string, bool, string)> Flat(GraduationAudit audit) =>
        audit.Requirements.Select(requirement => (requirement.Id, requirement.IsSatisfied, string.Join('|', requirement.By.Select(entry => entry.EntryId).Concat(requirement.Missing))));

    private static GraduationTerms Terms(params Requirement[] requirements) => new("Diploma", [.. requirements], [new("bench-work", "shop", 1m), new("lathe-work", "shop", 0.5m)]);

    private static GraduationAudit Audit(IEnumerable<MasteryEntry> ledger, GraduationTerms terms)
    {
        var scale = Scales.FourLevel();
        var record = GradebookView.Of(Entries.Learner, ledger, new Dictionary<Sha256Digest, MasteryScale> { [scale.SnapshotHash] = scale }, new Dictionary<OrganizationId, string>(), 0, ScoringChoices.None);
        return new GraduationAuditor(record, definitions, terms).Audit("rules@1");
    }
}
