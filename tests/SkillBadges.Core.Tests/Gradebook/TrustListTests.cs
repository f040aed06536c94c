using SkillBadges.Core.Gradebook.Trust;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Tests.Gradebook;

public sealed class TrustListTests
{
    private const string Cooking = "did:web:cooking.example";
    private static readonly DateOnly day = new(2026, 11, 22);
    private static readonly OrganizationId school = OrganizationId.From("school");
    private static readonly Organization district = Organization.Found(OrganizationId.From("district"), "district", "District", OrganizationKind.District, null);
    private static readonly PersonId admin = PersonId.From("admin");

    [Fact]
    public void An_issuer_that_is_accepted_for_cooking_is_not_for_welding()
    {
        var list = List(new TrustTerms(Cooking, TrustScope.Field, "culinary", day));
        Assert.True(Ask(list, Question("culinary", "knife-skills"))!.IsAccepted);
        Assert.Null(Ask(list, Question("welding", "smaw-fillet")));
        Assert.Null(Ask(list, Question("culinary", "knife-skills") with { Issuer = "did:web:cooking.example:other" }));
    }

    [Fact]
    public void A_line_holds_inside_its_days() =>
        Assert.Equal([false, true, true, false], new[] { -1, 0, 5, 6 }.Select(offset => TrustLayer.Ask([Layer(List(new TrustTerms(Cooking, TrustScope.Everything, null, day) { To = day.AddDays(5) }))], Question("a", "b"), day.AddDays(offset)) is not null));

    [Fact]
    public void A_framework_a_badge_or_everything_can_be_named()
    {
        Assert.NotNull(Ask(List(new TrustTerms(Cooking, TrustScope.Badge, "knife-skills", day)), Question("culinary", "knife-skills")));
        Assert.Null(Ask(List(new TrustTerms(Cooking, TrustScope.Badge, "knife-skills", day)), Question("culinary", "baking")));
        Assert.NotNull(Ask(List(new TrustTerms(Cooking, TrustScope.Framework, "f-1", day)), Question("culinary", "baking") with { Frameworks = ["f-1"] }));
        Assert.Null(Ask(List(new TrustTerms(Cooking, TrustScope.Framework, "f-1", day)), Question("culinary", "baking")));
        Assert.NotNull(Ask(List(new TrustTerms(Cooking, TrustScope.Everything, null, day)), Question("x", "y")));
    }

    [Fact]
    public void What_the_school_says_outranks_what_the_district_says_and_the_origin_is_told()
    {
        TrustLayer above = new(district, new TrustList(district.Id).Add(Entry("d", new TrustTerms(Cooking, TrustScope.Everything, null, day))));
        Assert.Equal(district.Id, TrustLayer.Ask([Layer(new(school)), above], Question("culinary", "baking"), day)!.Origin);
        var refusing = TrustLayer.Ask([Layer(List(new TrustTerms(Cooking, TrustScope.Field, "culinary", day) { IsRefused = true })), above], Question("culinary", "baking"), day)!;
        Assert.Equal((school, false), (refusing.Origin, refusing.IsAccepted));
        Assert.True(TrustLayer.Ask([Layer(List(new TrustTerms(Cooking, TrustScope.Field, "culinary", day) { IsRefused = true })), above], Question("welding", "smaw"), day)!.IsAccepted);
    }

    [Fact]
    public void Where_one_list_says_both_the_answer_is_no() => Assert.False(
        Ask(List(new TrustTerms(Cooking, TrustScope.Badge, "baking", day), new TrustTerms(Cooking, TrustScope.Everything, null, day) { IsRefused = true }), Question("culinary", "baking"))!.IsAccepted);

    [Fact]
    public void A_plain_list_of_accepted_schools_accepts_everything() =>
        Assert.True(TrustLayer.Ask([new(Organization.Found(school, "school", "School", OrganizationKind.HighSchool, null).Trust(Cooking), null)], Question("x", "y"), day) is { IsAccepted: true, Entry: null });

    [Fact]
    public void A_line_that_is_ended_is_kept()
    {
        var list = List(new TrustTerms(Cooking, TrustScope.Everything, null, day.AddDays(-30)));
        var ended = list.End("e0", day.AddDays(-1), admin, day);
        Assert.Null(Ask(ended, Question("x", "y")));
        Assert.Single(ended.Entries);
        Assert.Same(ended, ended.End("e0", day.AddDays(9), admin, day));
        Assert.Equal("trust.past-day", Assert.Throws<RefusedException>(() => list.End("e0", day.AddDays(-2), admin, day)).Code);
        Assert.Equal("trust-entry.not-found", Assert.Throws<RefusedException>(() => list.End("other", day, admin, day)).Code);
    }

    public static TheoryData<string, TrustTerms> BadTerms => new()
    {
        { "trust.issuer", new(new string('x', 10), TrustScope.Everything, null, day) },
        { "trust.issuer", new("did:web:a\u202Eb", TrustScope.Everything, null, day) },
        { "trust.scope", new(Cooking, TrustScope.Everything, "welding", day) },
        { "trust.scope", new(Cooking, TrustScope.Field, null, day) },
        { "trust.scope", new(Cooking, TrustScope.Badge, "No Slug", day) },
        { "trust.terms", new TrustTerms(Cooking, TrustScope.Everything, null, day) { To = day.AddDays(-1) } },
        { "trust.terms", new TrustTerms(Cooking, TrustScope.Everything, null, day) { RecencyMonths = 0 } },
    };

    [Theory]
    [MemberData(nameof(BadTerms))]
    public void Terms_that_say_nothing_clear_are_refused(string code, TrustTerms terms) => Assert.Equal(code, Assert.Throws<RefusedException>(() => List(terms)).Code);

    private static TrustAnswer? Ask(TrustList list, TrustQuestion question) => TrustLayer.Ask([Layer(list)], question, day);

    private static TrustLayer Layer(TrustList list) => new(Organization.Found(school, "school", "School", OrganizationKind.HighSchool, null), list);

    private static TrustList List(params TrustTerms[] terms) => terms.Select((one, index) => Entry($"e{index}", one)).Aggregate(new TrustList(school), (list, entry) => list.Add(entry));

    private static TrustEntry Entry(string id, TrustTerms terms) => new(id, terms, admin, new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero));

    private static TrustQuestion Question(string field, string badge) => new(Cooking, badge, field, []);
}
