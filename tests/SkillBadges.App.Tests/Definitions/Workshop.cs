using System.Text.Json.Nodes;
using SkillBadges.App.Definitions;
using SkillBadges.App.Definitions.CoAuthoring;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Tests.Definitions;

/// <summary>A school, a college, a guild and a forge without accounts that write one badge over HTTP.</summary>
internal sealed class Workshop
{
    public required string Slug { get; init; }

    public required OrganizationId Lead { get; init; }

    public required OrganizationId College { get; init; }

    public required OrganizationId Guild { get; init; }

    /// <summary>Nobody of it has an account, and it is not at the table at first.</summary>
    public required OrganizationId Forge { get; init; }

    public required HttpClient LeadTeacher { get; init; }

    public required HttpClient LeadAdmin { get; init; }

    public required HttpClient CollegeAdmin { get; init; }

    public required HttpClient GuildAuthor { get; init; }

    public static byte[] Picture { get; } = File.ReadAllBytes(Path.Combine(DefinitionFolder.Shipped, "welding", "smaw-fillet.png"));

    public static object Vote { get; } = new
    {
        revision = 1, committee = "Advisory committee", heldOn = "2026-01-15", standsInFor = "industry", bodies = new[] { "North College", "Forge Works" }, minutes = "Moved, seconded and carried: the badge as it stands.",
    };

    public static async Task<Workshop> OpenAsync(TestApp app)
    {
        var lead = (await app.OrganizationAsync(OrganizationKind.CteCenter)).Id;
        var college = (await app.OrganizationAsync(OrganizationKind.College)).Id;
        var guild = (await app.OrganizationAsync(OrganizationKind.IndustryBody)).Id;
        var workshop = new Workshop
        {
            Slug = $"badge-{Guid.NewGuid():N}"[..24],
            Lead = lead,
            College = college,
            Guild = guild,
            Forge = (await app.OrganizationAsync(OrganizationKind.Employer)).Id,
            LeadTeacher = await app.AsAsync(await app.PersonAsync(lead, Role.Teacher)),
            LeadAdmin = await app.AsAsync(await app.PersonAsync(lead, Role.OrganizationAdmin)),
            CollegeAdmin = await app.AsAsync(await app.PersonAsync(college, Role.OrganizationAdmin)),
            GuildAuthor = await app.AsAsync(await app.PersonAsync(guild, Role.IndustryAuthor)),
        };
        await (await workshop.LeadTeacher.PostAsync("/api/definitions", new { organizationId = lead.Value, slug = workshop.Slug, content = workshop.Content(null) })).ReadAsync<DefinitionView>();
        await workshop.AddAsync(college);
        await workshop.AddAsync(guild);
        return workshop;
    }

    public Task<DefinitionView> AddAsync(OrganizationId organization) => PostAsync<DefinitionView>(LeadTeacher, "organizations", new { organizationId = organization.Value });

    /// <summary>The fillet weld badge of the catalogue under this short name, with a line more among its criteria.</summary>
    public JsonNode Content(string? more)
    {
        var content = JsonNode.Parse(File.ReadAllText(Path.Combine(DefinitionFolder.Shipped, "welding", "smaw-fillet.json")))!;
        content["slug"] = Slug;
        if (more is not null)
        {
            content["criteria"]!.AsArray().Add(more);
        }

        return content;
    }

    public async Task<T> PostAsync<T>(HttpClient client, string path, object body) => await (await client.PostAsync($"/api/definitions/{Slug}/{path}", body)).ReadAsync<T>();

    public async Task<DefinitionView> ReadAsync() => await (await LeadAdmin.GetAsync(new Uri($"/api/definitions/{Slug}", UriKind.Relative))).ReadAsync<DefinitionView>();

    public async Task<string> ProposeAsync(string more) =>
        (await PostAsync<ProposalLine>(LeadTeacher, "proposals", new { onRevision = (await ReadAsync()).Revision, content = Content(more), note = "One line more." })).Id;

    public async Task<string> CommentAsync() => (await PostAsync<CommentView>(CollegeAdmin, "comments", new { path = "criteria", text = "Which plate?" })).Id;

    public async Task<string> SignAsync(HttpClient signer)
    {
        var signed = await PostAsync<DefinitionView>(signer, "sign-offs", new { revision = (await ReadAsync()).Revision });
        return signed.SignOffs[^1].Id;
    }

    public async Task<SignerView> InviteAsync(HttpClient inviter, OrganizationId organization) =>
        await PostAsync<SignerView>(inviter, "signers", new { organizationId = organization.Value, address = "lead@forge.example" });

    public async Task<ProvenanceView> PublishAsync() => await PostAsync<ProvenanceView>(LeadAdmin, "publications", new { revision = (await ReadAsync()).Revision });

    public async Task<ProvenanceView> SignAndPublishAsync()
    {
        await SignAsync(LeadAdmin);
        await SignAsync(CollegeAdmin);
        await SignAsync(GuildAuthor);
        return await PublishAsync();
    }
}
