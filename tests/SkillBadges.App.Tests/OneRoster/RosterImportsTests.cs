using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using SkillBadges.App.OneRoster;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.OneRoster.Files;
using SkillBadges.Core.OneRoster.Importing;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Tests.OneRoster;

public sealed class RosterImportsTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task A_pack_is_sent_looked_through_applied_and_its_people_are_there()
    {
        var school = await app.OrganizationAsync(OrganizationKind.HighSchool);
        using var admin = await app.AsAsync(await app.PersonAsync(school.Id, Role.OrganizationAdmin));

        var received = await SendAsync(admin, school, Pack(school.Slug, "Ana"));
        var looked = await UntilAsync(admin, received.Id, ImportState.Checked);
        using var begun = await admin.PostAsync(new Uri($"/api/oneroster/imports/{received.Id}/application", UriKind.Relative), null);
        var applied = await UntilAsync(admin, received.Id, ImportState.Applied);

        Assert.Equal((3, 0), (looked.Files.Count, looked.Faults));
        Assert.Equal((HttpStatusCode.OK, applied.Steps), (begun.StatusCode, applied.Step));
        using var members = await admin.GetAsync(new Uri($"/api/organizations/{school.Id}/memberships?role=student", UriKind.Relative));
        Assert.Single((await members.ReadAsync<App.Http.PageOf<System.Text.Json.JsonElement>>()).Items);
    }

    [Fact]
    public async Task Faults_are_told_by_place_and_as_a_table_without_what_the_cell_says()
    {
        var school = await app.OrganizationAsync(OrganizationKind.HighSchool);
        using var admin = await app.AsAsync(await app.PersonAsync(school.Id, Role.OrganizationAdmin));

        var received = await SendAsync(admin, school, Pack(school.Slug, "=SECRET()"));
        await UntilAsync(admin, received.Id, ImportState.Faulty);
        using var faults = await admin.GetAsync(new Uri($"/api/oneroster/imports/{received.Id}/faults", UriKind.Relative));
        using var table = await admin.GetAsync(new Uri($"/api/oneroster/imports/{received.Id}/faults.csv", UriKind.Relative));
        using var begun = await admin.PostAsync(new Uri($"/api/oneroster/imports/{received.Id}/application", UriKind.Relative), null);

        var fault = Assert.Single((await faults.ReadAsync<App.Http.PageOf<RosterFault>>()).Items);
        Assert.Equal(("users.csv", 2, "givenName", "cell.formula"), (fault.File, fault.Row, fault.Column, fault.Code));
        var text = await table.Content.ReadAsStringAsync();
        Assert.StartsWith("\"file\",\"row\",\"column\",\"code\",\"message\"\r\n\"users.csv\",\"2\",\"givenName\",\"cell.formula\",", text, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, begun.StatusCode);
    }

    private static async Task<RosterImportView> SendAsync(HttpClient client, Organization school, byte[] pack)
    {
        using var body = new ByteArrayContent(pack) { Headers = { ContentType = new MediaTypeHeaderValue("application/zip") } };
        using var answer = await client.PostAsync(new Uri($"/api/oneroster/imports?organizationId={school.Id}&source=sis", UriKind.Relative), body);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return await answer.ReadAsync<RosterImportView>();
    }

    private static async Task<RosterImportView> UntilAsync(HttpClient client, string id, ImportState state)
    {
        for (var look = 0; look < 600; look++)
        {
            using var answer = await client.GetAsync(new Uri($"/api/oneroster/imports/{id}", UriKind.Relative));
            var import = await answer.ReadAsync<RosterImportView>();
            if (import.State == state)
            {
                return import;
            }

            await Task.Delay(50);
        }

        throw new TimeoutException($"The import did not become {state}.");
    }

    /// <summary>A school with one student.</summary>
    /// <param name="slug">The school's short name.</param>
    internal static byte[] Pack(string slug, string given)
    {
        var files = new Dictionary<string, string>
        {
            ["orgs"] = $"s1,,,A School,school,{slug},",
            ["users"] = $"u1,,,true,ana,,{given},Silva,,,,,,,11,,,,,,s1,",
            ["roles"] = "r1,,,u1,primary,student,,,s1,",
        };
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, rows) in files)
            {
                using var writer = new StreamWriter(archive.CreateEntry($"{name}.csv").Open());
                writer.Write($"{string.Join(',', RosterFiles.Find(name)!.Columns.Where(column => !column.MayBeMissing).Select(column => column.Name))}\r\n{rows}\r\n");
            }

            using var manifest = new StreamWriter(archive.CreateEntry("manifest.csv").Open());
            manifest.Write("propertyName,value\r\nmanifest.version,1.0\r\noneroster.version,1.2\r\n");
            manifest.Write(string.Concat(RosterFiles.Names.Select(name => $"file.{name},{(files.ContainsKey(name) ? "bulk" : "absent")}\r\n")));
        }

        return bytes.ToArray();
    }
}
