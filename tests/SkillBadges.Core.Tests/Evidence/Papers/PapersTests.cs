using SkillBadges.Core.Evidence;
using SkillBadges.Core.Evidence.Papers;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Tests.Evidence.Papers;

public sealed class PapersTests
{
    private static readonly DateTimeOffset Begins = new(2026, 9, 1, 15, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 11, 21);
    private static readonly PersonId Office = PersonId.From("registrar");
    private static readonly string Badge = District.Badge.Slug;

    private static readonly Placement Placement =
        new(PlacementId.From("p"), PersonId.From("ada"), OrganizationId.From("west"), OrganizationId.From("forge"), PersonId.From("sam"), Begins, Begins.AddDays(120)) { Badges = [Badge] };

    private static readonly PaperEntries Whole = new(
        false, new("Training agreement", null), null, [.. District.Badge.Competencies.Select(skill => new TrainingTask("Works at the bench", Badge, skill.Id, null))], [new(new(2027, 1, 10), null)], 120);

    [Fact]
    public void An_internship_without_papers_lacks_everything() => Assert.Equal(
        [MissingPaper.AgeCheck, MissingPaper.Agreement, MissingPaper.TrainingPlan, MissingPaper.Evaluations, MissingPaper.PlannedHours],
        Missing(new(Placement.Id, Office)));

    [Fact]
    public void An_adults_internship_is_complete_when_student_employer_and_school_have_signed()
    {
        var papers = Fill(Whole);
        Assert.Equal([MissingPaper.Signature, MissingPaper.Signature, MissingPaper.Signature], Missing(papers));

        Assert.Empty(Missing(Signed(papers, AgreementParty.Student, AgreementParty.Employer, AgreementParty.School)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(null)]
    public void A_guardian_signs_unless_the_student_is_known_to_be_of_age(bool? isMinor)
    {
        var papers = Signed(Fill(Whole with { IsMinor = isMinor }), AgreementParty.Student, AgreementParty.Employer, AgreementParty.School);

        Assert.Contains(MissingPaper.Signature, Missing(papers));
        Assert.DoesNotContain(MissingPaper.Signature, Missing(Signed(papers, AgreementParty.Guardian)));
    }

    [Fact]
    public void Another_agreement_needs_all_signatures_again()
    {
        var papers = Signed(Fill(Whole), AgreementParty.Student);

        Assert.Single(papers.Fill(Whole with { PlannedHours = 90 }, Placement, [], Today, Office).Signatures);
        Assert.Empty(papers.Fill(Whole with { Agreement = new("Another", null) }, Placement, [], Today, Office).Signatures);
    }

    [Fact]
    public void A_skill_without_a_task_and_an_evaluation_that_was_forgotten_are_named()
    {
        var papers = Fill(Whole with { Plan = Whole.Plan[1..], Evaluations = [new(new(2026, 10, 1), null), new(new(2026, 10, 2), new(2026, 10, 2))] });

        var missing = MissingPapers.Of(papers, Placement, [District.Badge], Today).ToList();

        Assert.Contains(missing, one => one.Paper == MissingPaper.SkillWithoutTask && one.Text.Contains(District.Badge.Competencies[0].Name, StringComparison.Ordinal));
        Assert.Contains("2026-10-01", Assert.Single(missing, one => one.Paper == MissingPaper.EvaluationOverdue).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_whether_the_student_is_a_minor_is_kept_with_who_looked_and_when()
    {
        var papers = Fill(Whole with { IsMinor = true });

        Assert.Equal(new AgeCheck(true, Today, Office), papers.Age);
        Assert.Equal(Today, papers.Fill(Whole with { IsMinor = true }, Placement, [], Today.AddDays(9), PersonId.From("other")).Age!.CheckedOn);
    }

    [Theory]
    [InlineData(7, true, true, "placement.hazardous")]
    [InlineData(7, true, false, "placement.hazardous")]
    [InlineData(5, true, false, "placement.hazardous")]
    [InlineData(5, true, true, null)]
    [InlineData(7, false, false, null)]
    [InlineData(7, null, true, "placement.age-first")]
    public void Hazardous_work_is_refused_to_minors_unless_the_order_lets_student_learners(int order, bool? isMinor, bool hasAgreement, string? code)
    {
        var agreement = hasAgreement ? new StudentLearnerAgreement("File 12, office", new(2026, 8, 20)) : null;
        var asTask = Whole with { IsMinor = isMinor, StudentLearner = agreement, Plan = [Whole.Plan[0] with { HazardousOrder = order }] };
        var asBadge = Whole with { IsMinor = isMinor, StudentLearner = agreement };

        foreach (var refusal in new[] { Record.Exception(() => Fill(asTask)), Record.Exception(() => new InternshipPapers(Placement.Id, Office).Fill(asBadge, Placement, [order], Today, Office)) })
        {
            Assert.Equal(code, (refusal as RefusedException)?.Code);
        }
    }

    [Fact]
    public void A_badge_names_its_hazardous_orders_by_tag() =>
        Assert.Equal([7, 16], HazardousOrders.Of(District.Badge with { Tags = ["welding", "hazardous-order-7", "hazardous-order-16", "hazardous-order-99", "hazardous-order-x"] }));

    [Theory]
    [InlineData("other-badge", null)]
    [InlineData(null, 18)]
    public void A_task_names_a_skill_of_the_internship_and_an_order_that_exists(string? badge, int? order)
    {
        var entries = Whole with { Plan = [Whole.Plan[0] with { Badge = badge ?? Badge, HazardousOrder = order }] };

        Assert.Equal("placement.papers", Assert.Throws<RefusedException>(() => Fill(entries)).Code);
    }

    private static InternshipPapers Fill(PaperEntries entries) => new InternshipPapers(Placement.Id, Office).Fill(entries, Placement, [], Today, Office);

    private static InternshipPapers Signed(InternshipPapers papers, params AgreementParty[] parties) =>
        parties.Aggregate(papers, (signed, party) => signed.Sign(new(party, Today, null, null, Office)));

    private static IEnumerable<MissingPaper> Missing(InternshipPapers papers) => MissingPapers.Of(papers, Placement, [District.Badge], Today).Select(one => one.Paper);
}
