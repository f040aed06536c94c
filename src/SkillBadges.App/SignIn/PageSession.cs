using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using SkillBadges.App.Http;
using SkillBadges.Core;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.SignIn;

namespace SkillBadges.App.SignIn;

/// <summary>Signs a browser in and out.</summary>
internal sealed class PageSession(SignInWorkflow workflow, IDataProtectionProvider protection)
{
    private static readonly TimeSpan TicketLife = TimeSpan.FromMinutes(5);

    private readonly ITimeLimitedDataProtector tickets = protection.CreateProtector("sign-in ticket").ToTimeLimitedDataProtector();

    /// <summary>Password first: signed in (null), or a ticket for the second step of an account that has a second factor.</summary>
    /// <exception cref="RefusedException"><c>session.wrong-password</c>.</exception>
    public async Task<string?> SignInAsync(HttpContext context, string loginName, string password)
    {
        var person = await workflow.CheckPasswordAsync(loginName, password, context.RequestAborted);
        try
        {
            await StartAsync(context, person, null);
            return null;
        }
        catch (RefusedException refused) when (refused.Code == "session.second-factor")
        {
            return tickets.Protect(person.Value, TicketLife);
        }
    }

    /// <exception cref="RefusedException"><c>session.wrong-code</c>, <c>session.second-factor</c>; <c>session.ended</c> when the ticket is too old.</exception>
    public Task SignInAsync(HttpContext context, string ticket, CodeRequest code)
    {
        PersonId person;
        try
        {
            person = PersonId.From(tickets.Unprotect(ticket));
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            throw Refused.Unauthenticated("session.ended", "That took too long. Please start again with your password.");
        }

        return StartAsync(context, person, code.Code);
    }

    public async Task SignOutAsync(HttpContext context)
    {
        if (CurrentActor.Of(context.User)?.Session is { } session)
        {
            await workflow.EndAsync(session, context.RequestAborted);
        }

        await context.SignOutAsync(SignInSetup.Cookie);
    }

    private async Task StartAsync(HttpContext context, PersonId person, string? code)
    {
        var started = await workflow.StartAsync(person, code, SessionUse.Pages, context.RequestAborted);
        await context.SignInAsync(SignInSetup.Cookie, SignInSetup.Principal(person.Value, started.Session.Id, SignInSetup.Cookie));
    }
}

internal static class SignOut
{
    public static void MapSignOut(this IEndpointRouteBuilder app) => app.MapPost("/sign-out", async (HttpContext context, PageSession pages, IAntiforgery antiforgery) =>
    {
        await antiforgery.ValidateRequestAsync(context);
        await pages.SignOutAsync(context);
        return TypedResults.LocalRedirect("/");
    }).WithoutSecondFactor().ExcludeFromDescription();
}
