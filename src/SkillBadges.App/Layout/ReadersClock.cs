using Microsoft.AspNetCore.Components.Endpoints;
using SkillBadges.App.Http;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Layout;

/// <summary>Pages tell days as the reader's school counts them, so that a page and a paper never name two days for one decision.</summary>
internal sealed class ReadersClock(RequestDelegate next, IDocumentStore store, TimeProvider clock)
{
    public async Task InvokeAsync(HttpContext context, Texts texts)
    {
        if (CurrentActor.Of(context.User) is { } actor && context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
        {
            var held = await store.RolesHeldAsync(actor.Person, clock.Now(), context.RequestAborted);
            var organizations = await store.FindManyAsync(OrganizationDocuments.Kind, [.. held.Select(membership => membership.Organization.Value).Distinct()], context.RequestAborted);
            if (organizations.Select(read => read.Document).OrderByDescending(organization => organization.KeepsRecords).FirstOrDefault() is { } own)
            {
                texts.Keep(own.TimeZone);
            }
        }

        await next(context);
    }
}
