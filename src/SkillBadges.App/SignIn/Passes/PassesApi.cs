using Microsoft.AspNetCore.Http.HttpResults;
using SkillBadges.App.Http;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Evidence.Passes;
using SkillBadges.Core.Notices;
using SkillBadges.Core.SignIn.Passes;

namespace SkillBadges.App.SignIn.Passes;

/// <param name="Address">A mail address or a telephone number that the school knows to be the supervisor's.</param>
internal sealed record SendPassRequest(Channel Channel, string Address);

/// <summary>Neither the link nor the address in full: the link goes to the supervisor alone.</summary>
/// <param name="Address">Its beginning and end.</param>
internal sealed record PassView(string Placement, string Supervisor, Channel Channel, string Address, DateTimeOffset LinkSentAt, int Devices, DateTimeOffset? RevokedAt)
{
    public static PassView Of(SupervisorPass pass) =>
        new(pass.Placement.Value, pass.Person.Value, pass.To.Channel, $"{pass.To.Address[..2]}…{pass.To.Address[^2..]}", pass.LinkSentAt, pass.Devices.Length, pass.RevokedAt);
}

/// <summary>How a school lets a workplace supervisor in without an account.</summary>
internal static class PassesApi
{
    public static void MapPasses(this IEndpointRouteBuilder app)
    {
        var passes = app.MapApi("placements/{id}/pass", "Placements").Refuses(404, "placement.not-found");
        passes.MapPost("", SendAsync).Example(new SendPassRequest(Channel.Mail, "sam@market.example"))
            .WithSummary("Sends the supervisor a link that needs no account and works until the internship ends. Again: a new link; the old one and its devices end. For the school's office.")
            .Refuses(403, "pass.own").Refuses(404, "pass.not-found").Refuses(409, "placement.ended").Refuses(422, "letter.address");
        passes.MapGet("", ReadAsync).WithSummary("Whether the supervisor has a link, and on how many devices it is used.").Refuses(404, "pass.not-found");
        passes.MapDelete("", RevokeAsync).WithSummary("Takes the link back at once, on every device; what was signed stays.").Refuses(404, "pass.not-found").Refuses(409, "storage.version-conflict");
    }

    private static async Task<Created<PassView>> SendAsync(
        string id, SendPassRequest body, CurrentActor me, Idempotency idempotency, HttpContext context, PassWorkflow workflow, CancellationToken cancellationToken)
    {
        var read = await workflow.SendAsync(me.Actor, PlacementId.From(id), Destination.Parse(body.Channel, body.Address), idempotency.For(me.Actor), cancellationToken);
        return TypedResults.Created($"/api/placements/{id}/pass", context.Answer(read, PassView.Of));
    }

    private static async Task<PassView> ReadAsync(string id, CurrentActor me, HttpContext context, PassWorkflow workflow, CancellationToken cancellationToken) =>
        context.Answer(await workflow.ReadAsync(me.Actor, PlacementId.From(id), cancellationToken), PassView.Of);

    private static async Task<PassView> RevokeAsync(string id, CurrentActor me, HttpContext context, PassWorkflow workflow, CancellationToken cancellationToken) =>
        context.Answer(await workflow.RevokeAsync(me.Actor, PlacementId.From(id), cancellationToken), PassView.Of);
}
