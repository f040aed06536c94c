using SkillBadges.Core.Definitions;
using SkillBadges.Core.Definitions.Frameworks;
using SkillBadges.Core.Gradebook.Recognitions;
using SkillBadges.Core.Gradebook.Trust;
using SkillBadges.Core.Mastery;
using SkillBadges.Core.Mastery.Crosswalks;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Organizations.Agreements;
using SkillBadges.Core.Storage;
using SkillBadges.Core.Tests.Definitions;
using SkillBadges.Core.Tests.Mastery;

namespace SkillBadges.Core.Tests.Gradebook;

/// <summary>Which skill elsewhere is a skill here, and what has to be true before it counts.</summary>
public sealed class RecognitionLadderTests
{
    private const string Ours = "11111111-1111-1111-1111-111111111111";
    private const string Newer = "22222222-2222-2222-2222-222222222222";
    private const string Foreign = "33333333-3333-3333-3333-333333333333";
    private const string Split = "44444444-4444-4444-4444-444444444444";

    private static readonly MasteryScale letters = MasteryScale.Create(
        "letters", 1, "Letters", "A to F.", [.. "FDCBA".Select((letter, index) => new MasteryLevel($"{letter}", index + 1, $"{letter}", "A letter."))], "C", ScoringPolicy.Latest);

    private static readonly BadgeDefinition target = Aligned(Badges.Bench(), Ours);

    private static readonly ItemEquivalence links = new([new(Ours, Newer, IsReplacement: true), new(Ours, Foreign, IsReplacement: false), new(Split, Ours, IsReplacement: true), new(Split, Newer, IsReplacement: true)]);

    private static readonly Dictionary<string, string> frameworks = new() { [Ours] = "state", [Newer] = "state", [Foreign] = "national", [Split] = "state" };

    private static readonly HashSet<(string Theirs, string Ours)> none = [];

    [Theory]
    [InlineData(Ours, SkillMatch.SameItem)]
    [InlineData(Foreign, SkillMatch.AcrossFrameworks)]
    [InlineData("55555555-5555-5555-5555-555555555555", null)]
    public void An_item_matches_by_its_rung(string item, SkillMatch? expected) =>
        Assert.Equal(expected, RecognitionLadder.Best(target, target.Competencies[0], [Skill(item)], links, frameworks, none)?.Match);

    [Fact]
    public void One_that_was_replaced_one_to_one_within_its_framework_is_the_same_and_one_that_was_split_is_a_suggestion()
    {
        var replaced = new ItemEquivalence([new(Ours, Newer, IsReplacement: true)]);
        Assert.Equal(SkillMatch.SameByFramework, RecognitionLadder.Best(target, target.Competencies[0], [Skill(Newer)], replaced, frameworks, none)!.Value.Match);
        Assert.Equal(SkillMatch.Related, RecognitionLadder.Best(target, target.Competencies[0], [Skill(Split)], links, frameworks, none)!.Value.Match);
        Assert.Equal(SkillMatch.AcrossFrameworks, RecognitionLadder.Best(target, target.Competencies[0], [Skill(Newer)], replaced, new Dictionary<string, string> { [Ours] = "state" }, none)!.Value.Match);
        Assert.False(RecognitionLadder.IsMatch(SkillMatch.Related) || RecognitionLadder.IsMatch(SkillMatch.AcrossFrameworks));
    }

    [Fact]
    public void A_match_across_frameworks_that_both_accept_holds_one_way()
    {
        Assert.Equal(SkillMatch.AgreedAcross, RecognitionLadder.Best(target, target.Competencies[0], [Skill(Foreign)], links, frameworks, new HashSet<(string, string)> { (Foreign, Ours) })!.Value.Match);
        Assert.Equal(SkillMatch.AcrossFrameworks, RecognitionLadder.Best(target, target.Competencies[0], [Skill(Foreign)], links, frameworks, new HashSet<(string, string)> { (Ours, Foreign) })!.Value.Match);
        Assert.True(RecognitionLadder.IsMatch(SkillMatch.AgreedAcross));
    }

    [Fact]
    public async Task It_takes_the_yes_of_two_people_of_both_sides_and_ends_by_either()
    {
        using var district = await District.OpenAsync();
        AgreementApproval By(OrganizationId side, string person) => new(side, PersonId.From(person), district.Clock.Now());
        var proposed = new ItemMatch("m", district.West, district.East, Foreign, Ours).Approve(By(district.West, "w"));
        Assert.False(proposed.Holds || proposed.Approve(By(district.West, "x")).Holds);
        Assert.Equal("item-match.second-person", Assert.Throws<RefusedException>(() => proposed.Approve(By(district.East, "w"))).Code);
        Assert.Equal("item-match.not-a-party", Assert.Throws<RefusedException>(() => proposed.Approve(By(district.Employer, "e"))).Code);
        var agreed = proposed.Approve(By(district.East, "e"));
        await district.Store.CommitAsync(new Changes().Add(ItemMatchDocuments.Kind, agreed).Add(ItemMatchDocuments.Kind, proposed with { Id = "other", Theirs = Newer }), CancellationToken.None);

        Assert.Equal((Foreign, Ours), Assert.Single(await MatchesAsync(district.West, district.East)));
        Assert.Empty(await MatchesAsync(district.East, district.West));

        var read = await district.Store.GetAsync(ItemMatchDocuments.Kind, "m", "item-match", CancellationToken.None);
        await district.Store.CommitAsync(new Changes().Replace(ItemMatchDocuments.Kind, read, read.Document.End(By(district.West, "w"))), CancellationToken.None);
        Assert.Empty(await MatchesAsync(district.West, district.East));

        Task<IReadOnlySet<(string Theirs, string Ours)>> MatchesAsync(OrganizationId giver, OrganizationId receiver) =>
            district.Store.MatchesAsync(new HashSet<OrganizationId> { giver }, new HashSet<OrganizationId> { receiver }, [Ours], CancellationToken.None);
    }

    [Fact]
    public void The_same_skill_of_the_same_badge_outranks_all_and_other_versions_keep_it()
    {
        var own = Skill(Ours) with { Badge = new(target.Slug, 7), CompetencyId = target.Competencies[0].Id };
        Assert.Equal((own, SkillMatch.SameAchievement), RecognitionLadder.Best(target, target.Competencies[0], [Skill(Ours), own], links, frameworks, none)!.Value);
        Assert.Equal(SkillMatch.SameItem, RecognitionLadder.Best(target, target.Competencies[0], [own with { CompetencyId = "other" }], links, frameworks, none)!.Value.Match);
    }

    [Fact]
    public async Task A_level_of_another_scale_counts_by_an_agreed_crosswalk_alone_and_by_its_lowest_end()
    {
        using var district = await District.OpenAsync();
        var there = Aligned(Badges.Bench() with { Slug = "filing-course", Scale = letters, Competencies = [.. Badges.Bench().Competencies.Select(one => one with { RequiredLevel = "C" })] }, Ours);
        await district.Store.CommitAsync(
            new Changes()
                .Add(DefinitionDocuments.Versions, target.Publish(9)).Add(ScaleDocuments.Versions, Scales.FourLevel()).Add(ScaleDocuments.Versions, letters)
                .Add(DefinitionDocuments.Heads, new("aligned-bench", 9, "Aligned", "manufacturing")).Add(DefinitionDocuments.Versions, (target with { Slug = "aligned-bench" }).Publish(9)),
            CancellationToken.None);
        var judging = new RecognitionJudging(
            district.Store, new(district.Commits, district.Authority, district.Settings, district.Address, district.Clock), new(district.Store, district.Authority, district.Settings, district.Clock), new(district.Store), district.Clock);
        var east = (await district.Store.GetAsync(OrganizationDocuments.Kind, district.East.Value, "organization", CancellationToken.None)).Document;
        var source = new BroughtBadge(SourceKind.Award, "key", district.Address.DidOf("west-high"), "West High", "id", Sha256Digest.Of("x"u8), "Filing", district.Clock.Now()) { Organization = district.West };
        var brought = new Brought(source, [.. there.Competencies.Select(one => new BroughtSkill(one.Name, there.Publish(1).Id, one.Id, [Ours], letters, "B", "B", null))], null, null);

        Assert.All((await JudgeAsync()).Findings, finding => Assert.Equal("no-agreed-equivalence", Failing(finding)));

        var now = district.Clock.Now();
        var day = east.DayOf(now).AddDays(-10);
        Crosswalk Agreed(CrosswalkPurpose purpose, string low, string? high) => new Crosswalk(CrosswalkId.New(now), "letters@1", "four-level@1", purpose, district.West, district.East)
            .Propose(new([new("F"), new("D", "beginning"), new("C", "developing"), new("B", low, high), new("A", "advanced")], "Both boards", day) { Note = "Lossy." }, letters, Scales.FourLevel(), new(district.West, PersonId.From("w"), now))
            .Approve(1, new(district.East, PersonId.From("e"), now), day);
        await district.Store.CommitAsync(new Changes().Add(CrosswalkDocuments.Kind, Agreed(CrosswalkPurpose.Placement, "proficient", null)), CancellationToken.None);
        Assert.All((await JudgeAsync()).Findings, finding => Assert.Equal("no-agreed-equivalence", Failing(finding)));

        var carried = Agreed(CrosswalkPurpose.CarryOver, "developing", "proficient");
        await district.Store.CommitAsync(new Changes().Add(CrosswalkDocuments.Kind, carried), CancellationToken.None);
        var ranged = (await JudgeAsync()).Findings;
        Assert.Equal(["level-too-low", "level-too-low", "level-too-low", "ok"], ranged.Select(Failing));
        Assert.All(ranged, finding => Assert.Equal(("B", "letters@1", "developing", $"{carried.Id}#1"), (finding.Native, finding.NativeScale, finding.Derived, finding.Crosswalk)));

        async Task<Judgement> JudgeAsync() => await judging.JudgeAsync(brought, east, "aligned-bench", isOwn: true, CancellationToken.None);
    }

    [Fact]
    public async Task Recency_assessor_and_owner_are_asked_too()
    {
        using var district = await District.OpenAsync();
        var judging = new RecognitionJudging(
            district.Store, new(district.Commits, district.Authority, district.Settings, district.Address, district.Clock), new(district.Store, district.Authority, district.Settings, district.Clock), new(district.Store), district.Clock);
        var east = (await district.Store.GetAsync(OrganizationDocuments.Kind, district.East.Value, "organization", CancellationToken.None)).Document;
        await district.ApproveAsync(district.Teacher, await district.TurnInAsync());
        var award = (await district.AwardsAsync(district.Student))[0];
        var sources = new SourceReading(district.Store, null!, null!, district.Address);
        var brought = await sources.OfAwardAsync(award.Id, CancellationToken.None);

        Assert.All((await judging.JudgeAsync(brought, east, null, isOwn: true, CancellationToken.None)).Findings, finding => Assert.Equal("ok", Failing(finding)));
        Assert.All((await judging.JudgeAsync(brought, east, null, isOwn: false, CancellationToken.None)).Findings, finding => Assert.Equal("owner-unproven", Failing(finding)));

        var terms = new TrustTerms(district.Address.DidOf("west-high"), TrustScope.Everything, null, new(2020, 1, 1)) { Assessors = [ReviewerRole.Supervisor] };
        await district.Store.CommitAsync(new Changes().Add(TrustDocuments.Kind, new TrustList(district.East).Add(new("e", terms, district.Teacher.Person, district.Clock.Now()))), CancellationToken.None);
        Assert.All((await judging.JudgeAsync(brought, east, null, isOwn: true, CancellationToken.None)).Findings, finding => Assert.Equal("assessor-not-accepted", Failing(finding)));

        var old = brought with { Badge = brought.Badge with { ValidUntil = district.Clock.Now() } };
        Assert.Contains((await judging.JudgeAsync(old, east, null, isOwn: true, CancellationToken.None)).Findings[0].Checks, check => check.Code == "too-old");
    }

    private static string Failing(SkillFinding finding) => finding.Checks.FirstOrDefault(check => !check.Passed)?.Code ?? "ok";

    private static BroughtSkill Skill(string item) => new("Filing", null, null, [item], null, null, null, null);

    private static BadgeDefinition Aligned(BadgeDefinition badge, string item) => (badge with
    {
        Competencies = [.. badge.Competencies.Select(one => one with { Alignments = [new("Filing", $"https://frameworks.example.org/uri/{item}", "State", null, "CFItem")] })],
    }).Publish(1);
}
