using SkillBadges.App.Sharing;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing.Consents;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Tests.Sharing;

/// <summary>Learners of known ages and what they and theirs agree to.</summary>
internal static class Minors
{
    /// <summary>Enters on which day the rights pass, so that the learner is so old today.</summary>
    public static async Task<TestLearner> AgedAsync(this TestDistrict district, TestLearner learner, int years)
    {
        var read = await district.Store.GetAsync(PersonDocuments.Kind, learner.Person.Value, "person", CancellationToken.None);
        var today = DateOnly.FromDateTime(district.App.Clock.GetUtcNow().UtcDateTime);
        await district.Store.CommitAsync(new Changes().Replace(PersonDocuments.Kind, read, read.Document with { RightsPassOn = today.AddYears(18 - years).AddDays(-1) }), CancellationToken.None);
        return learner;
    }

    public static ConsentTermsBody Terms(this TestDistrict district, RecipientKind recipient, string? organization = null, params RecordKind[] kinds) => new(
        new(district.West.Value, kinds.Length > 0 ? kinds : [RecordKind.Credentials, RecordKind.Levels]), "A summer job", new(recipient, organization), district.App.Clock.GetUtcNow().AddDays(90));

    public static async Task<ConsentView> GiveAsync(HttpClient giver, PersonId learner, ConsentTermsBody terms)
    {
        using var answer = await giver.PostAsync("/api/consents", Body(learner, terms));
        return await answer.ReadAsync<ConsentView>();
    }

    public static object Body(PersonId learner, ConsentTermsBody terms) => new { learner = learner.Value, terms = Body(terms) };

    public static object Body(ConsentTermsBody terms) => new
    {
        records = new { recordKeeper = terms.Records.RecordKeeper, kinds = terms.Records.Kinds.Select(Camel), badges = terms.Records.Badges ?? [] },
        purpose = terms.Purpose,
        recipient = new { kind = Camel(terms.Recipient.Kind), organization = terms.Recipient.Organization },
        expiresAt = terms.ExpiresAt,
    };

    public static async Task RefusedAsync(HttpResponseMessage answer, string code) => Assert.Equal(code, (await answer.ProblemAsync()).Code);

    public static string Camel<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
