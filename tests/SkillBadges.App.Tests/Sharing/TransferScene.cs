using SkillBadges.App.Sharing;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Tests.Sharing;

/// <summary>Records that one school lets go and another takes in, over HTTP.</summary>
internal static class TransferScene
{
    public static async Task<byte[]> OutsidePackAsync(this TestDistrict district, PersonId learner, bool withEvidence)
    {
        using var west = await district.AsAsync(district.WestRegistrar);
        var asked = await (await west.PostAsync("/api/transfers", new { recordKeeper = district.West.Value, receiverName = "Far High", ground = "enrollment", about = "By letter of today." })).ReadAsync<TransferView>();
        await ReleaseAsync(west, asked, learner, withEvidence);
        return await west.GetByteArrayAsync(Pack(asked));
    }

    public static async Task<TransferView> ReleaseAsync(HttpClient registrar, TransferView asked, PersonId learner, bool withEvidence) =>
        await (await registrar.PostAsync($"/api/transfers/{asked.Id}/release", new { learner = learner.Value, withEvidence })).ReadAsync<TransferView>();

    public static async Task<PackReportView> TakeInAsync(HttpClient registrar, OrganizationId school, PersonId student, byte[] pack)
    {
        using var answer = await registrar.PostAsync(new Uri($"/api/transfers/imports?school={school}&student={student}", UriKind.Relative), new ByteArrayContent(pack));
        return await answer.ReadAsync<PackReportView>();
    }

    public static async Task<(OrganizationId School, PersonId Student, HttpClient Registrar)> CleanSchoolAsync(TestApp app)
    {
        var school = (await app.OrganizationAsync(OrganizationKind.HighSchool)).Id;
        return (school, await app.PersonAsync(school, Role.Student), await app.AsAsync(await app.PersonAsync(school, Role.Registrar)));
    }

    public static Uri Pack(TransferView transfer) => new($"/api/transfers/{transfer.Id}/pack", UriKind.Relative);
}
