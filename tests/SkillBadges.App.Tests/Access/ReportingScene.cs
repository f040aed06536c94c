using System.Net.Http.Json;
using SkillBadges.Core;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Reporting.Files;
using SkillBadges.Core.Reporting.Programs;
using SkillBadges.Core.Reporting.Teachers;
using SkillBadges.Core.Reporting.Yearly;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Tests.Access;

/// <summary>A learner of West in a class, and a file that West's office has made for the state.</summary>
internal sealed record ReportingScene(TestDistrict District, TestLearner Learner, StandingTeachers Teachers, StateFile File, YearlyReport Draft, YearlyReport Published)
{
    private static readonly object Receiver = new { name = "State Agency", agreement = "Agreement 14", destroyBy = "2031-07-01" };

    public static async Task<ReportingScene> SetAsync(TestDistrict district)
    {
        var learner = await district.LearnerAsync();
        var section = (await district.Store.FirstAsync(ClassSectionDocuments.Kind, ClassSectionDocuments.ByStudent.Where(learner.Person.Value), CancellationToken.None))!;
        var file = FileOf(district);
        var changes = new Changes().Add(StateFileDocuments.Kind, file);
        if (await district.Store.FindAsync(RecognizedCredentialDocuments.Kind, $"{district.West}/2027", CancellationToken.None) is null)
        {
            changes.Add(RecognizedCredentialDocuments.Kind, new(district.West, 2027, [], district.WestRegistrar, district.App.Clock.Now()));
        }

        var (draft, published) = (ReportOf(district), ReportOf(district));
        published = published.Publish(published.At);
        await district.Store.CommitAsync(changes.Add(YearlyReportDocuments.Kind, draft).Add(YearlyReportDocuments.Kind, published), CancellationToken.None);
        return new(district, learner, await new TeachersReading(district.Store).OfClassAsync(section, CancellationToken.None), file, draft, published);
    }

    private static StateFile FileOf(TestDistrict district)
    {
        var now = district.App.Clock.Now();

        // A period of its own for each scene: one file of a period counts.
        var from = new DateOnly(2026, 7, 1).AddDays(-Interlocked.Increment(ref periods));
        return new(NewId.Ordered(now), new(district.West, StateFileKind.TeacherStudentLink, from, from.AddDays(1)), new("State Agency", "Agreement 14", new(2031, 7, 1)), StateLayout.Link, district.WestRegistrar, now)
        {
            State = StateFileState.Made,
            Digest = Sha256Digest.Of(StateCsv.Header(StateLayout.Link)),
        };
    }

    // Likewise a year of its own: one report of a year is public.
    private static YearlyReport ReportOf(TestDistrict district)
    {
        var now = district.App.Clock.Now();
        return new(NewId.Ordered(now), district.West, 2100 + Interlocked.Increment(ref periods), [CountTable.Of("places", ["one", "other"], [("west", "West", -1, [12, 3])])], district.WestRegistrar, now);
    }

    private static int periods;

    public HttpRequestMessage Request(string operation)
    {
        var (method, route) = (operation.Split(' ')[0], operation.Split(' ')[1]);
        var id = route.Split('/')[2] switch
        {
            "teachers-of-record" => Teachers.Record.Id,
            "state-files" => File.Id,
            "yearly-reports" => route.EndsWith("/public", StringComparison.Ordinal) ? Published.Id : Draft.Id,
            "learners" => Learner.Person.Value,
            _ => District.West.Value,
        };
        var address = route.Replace("{id}", id, StringComparison.Ordinal) + operation switch
        {
            "GET /api/state-files" or "GET /api/yearly-reports" or "POST /api/state-file-checks" => $"?organization={District.West}",
            "GET /api/teachers-of-record" => $"?school={District.West}",
            "POST /api/recognized-credentials/imports" => $"?organization={District.West}&year=2099",
            "GET /api/recognized-credentials" => $"?organization={District.West}&year=2027",
            "POST /api/test-scores/imports" or "POST /api/program-participations/imports" => $"?organization={District.West}",
            "GET /api/program-counts" => $"?organization={District.West}&from=2026-07-01&until=2027-07-01",
            _ => "",
        };
        return new HttpRequestMessage(new HttpMethod(method), new Uri(address, UriKind.Relative)) { Content = method is "GET" or "DELETE" ? null : route == "/api/state-file-checks" || route.EndsWith("/imports", StringComparison.Ordinal) ? new StringContent("record\r\n") : Body(route) };
    }

    private JsonContent? Body(string route) => route switch
    {
        "/api/teachers-of-record/{id}/corrections" => Json(new { learner = Learner.Person.Value, times = Array.Empty<object>(), reason = "The roster is right.", sha256 = Teachers.Digest.Hex }),
        "/api/teachers-of-record/{id}/sign-offs" => Json(new { sha256 = Teachers.Digest.Hex }),
        "/api/yearly-reports" => Json(new { organizationId = District.West.Value, year = 2027 }),
        "/api/state-layouts" => Json(new { organizationId = District.West.Value, name = "Ours", columns = new[] { new { header = "ID", field = "learner-id" } } }),
        "/api/state-files" => Json(new { organizationId = District.West.Value, kind = "teacherStudentLink", from = "2026-07-01", until = "2027-07-01", receiver = Receiver }),
        "/api/state-files/{id}/sign-off" => Json(new { sha256 = File.Digest!.Value.Hex }),
        "/api/state-files/{id}/content" => Json(new { numbers = Array.Empty<string>() }),
        _ => null,
    };

    private static JsonContent Json(object body) => JsonContent.Create(body);
}
