using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Tests.Definitions;

[Collection(DistrictCollection.Name)]
public sealed class FrameworksApiTests(TestDistrict district)
{
    [Fact]
    public async Task A_district_writes_a_framework_others_read_it_as_CASE_and_it_is_found_by_code_and_words()
    {
        using var admin = await district.AsAsync(await district.App.PersonAsync(district.West, Role.OrganizationAdmin));
        var made = await admin.PostAsJsonAsync("/api/frameworks", new
        {
            organizationId = district.West.Value,
            framework = new
            {
                title = "Shop skills",
                items = new object[] { new { statement = "Keeps the shop safe.", code = "S.1", items = new[] { new { statement = "Checks exits before work.", code = "S.1.a" } } }, new { statement = "Sharpens tools.", code = "T.1" } },
            },
        });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var framework = (await made.Content.ReadFromJsonAsync<JsonObject>())!;
        var id = framework["id"]!.GetValue<string>();

        using var anyone = district.App.Anonymous();
        Assert.Equal(["S.1", "S.1.a"], await CodesAsync(anyone, $"/api/frameworks/{id}/items?code=s.1"));
        Assert.Equal(["S.1.a"], await CodesAsync(anyone, $"/api/frameworks/{id}/items?words=exits%20work"));
        var item = (await anyone.GetFromJsonAsync<JsonObject>($"/api/frameworks/{id}/items?code=T"))!["items"]![0]!;
        Assert.Equal("Sharpens tools.", (await anyone.GetFromJsonAsync<JsonObject>($"/api/framework-items?address={Uri.EscapeDataString(item["uri"]!.GetValue<string>())}"))!["current"]![0]!["statement"]!.GetValue<string>());

        // What other systems read: the item under its own address, the document, the package.
        var read = await anyone.GetFromJsonAsync<JsonObject>(new Uri(item["uri"]!.GetValue<string>()).AbsolutePath);
        Assert.Equal(("Sharpens tools.", "T.1", id), (read!["fullStatement"]!.GetValue<string>(), read["humanCodingScheme"]!.GetValue<string>(), read["CFDocumentURI"]!["identifier"]!.GetValue<string>()));
        Assert.Contains(id, await anyone.GetStringAsync(new Uri("/ims/case/v1p1/CFDocuments", UriKind.Relative)), StringComparison.Ordinal);
        var package = await anyone.GetByteArrayAsync(new Uri($"/ims/case/v1p1/CFPackages/{id}", UriKind.Relative));
        Assert.Equal(3, JsonNode.Parse(package)!["CFItems"]!.AsArray().Count);

        // What is written here is not overwritten by a package.
        using var body = new ByteArrayContent(package);
        using var again = await admin.PostAsync(new Uri($"/api/frameworks/imports?organizationId={district.West.Value}", UriKind.Relative), body);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
    }

    [Fact]
    public async Task A_package_is_imported_and_a_faulty_one_answered_with_its_faults()
    {
        using var admin = await district.AsAsync(await district.App.PersonAsync(district.West, Role.OrganizationAdmin));
        Assert.Equal("published", (await ImportAsync(admin, Package))["outcome"]!.GetValue<string>());
        Assert.Equal("unchanged", (await ImportAsync(admin, Package))["outcome"]!.GetValue<string>());
        var faulty = await ImportAsync(admin, Package.Replace("\"Welds.\"", "7", StringComparison.Ordinal));
        Assert.Equal(("faulty", "case.wrong-type", "$.CFItems[0].fullStatement"), (faulty["outcome"]!.GetValue<string>(), faulty["faults"]![0]!["code"]!.GetValue<string>(), faulty["faults"]![0]!["path"]!.GetValue<string>()));
    }

    private const string Package = """
        {"CFDocument":{"identifier":"0a0a0a0a-5f0a-4f9b-9f55-0d5c0b6f6a01","uri":"https://x.example/d","lastChangeDateTime":"2025-03-01T08:30:00Z","creator":"C","title":"T"},
         "CFItems":[{"identifier":"0a0a0a0a-5f0a-4f9b-9f55-0d5c0b6f6b01","uri":"https://x.example/i","lastChangeDateTime":"2025-03-01T08:30:00Z","fullStatement":"Welds."}]}
        """;

    private async Task<JsonObject> ImportAsync(HttpClient client, string package)
    {
        using var body = new StringContent(package, Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri($"/api/frameworks/imports?organizationId={district.West.Value}", UriKind.Relative), body);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    private static async Task<IEnumerable<string>> CodesAsync(HttpClient client, string address) =>
        (await client.GetFromJsonAsync<JsonObject>(address))!["items"]!.AsArray().Select(item => item!["code"]!.GetValue<string>());
}
