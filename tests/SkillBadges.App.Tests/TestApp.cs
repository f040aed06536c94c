using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SkillBadges.App.Commands;
using SkillBadges.App.SignIn;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.SignIn;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Tests;

/// <summary>
/// The real application: Kestrel on a free port, SQLite in a temporary folder. One for a class of tests:
/// <c>public sealed class XTests(TestApp app) : IClassFixture&lt;TestApp&gt;</c>; or, with other settings,
/// <c>await using var app = await TestApp.StartAsync(settings =&gt; settings with { ... })</c>.
/// </summary>
public sealed class TestApp : IAsyncLifetime, IAsyncDisposable
{
    private readonly Func<Settings, Settings> adjust;
    private readonly DirectoryInfo folder;
    private readonly bool ownsFolder;
    private WebApplication? app;

    public TestApp()
        : this(settings => settings, null)
    {
    }

    private TestApp(Func<Settings, Settings> adjust, DirectoryInfo? folder)
    {
        this.adjust = adjust;
        ownsFolder = folder is null;
        this.folder = folder ?? Directory.CreateTempSubdirectory("skillbadges-");
    }

    internal TestClock Clock { get; } = new();

    internal TestLog Log { get; } = new();

    internal Settings Settings { get; private set; } = null!;

    internal IServiceProvider Services => app!.Services;

    internal IDocumentStore Store => Services.GetRequiredService<IDocumentStore>();

    internal Uri BaseUrl => new(Settings.Address.BaseUrl);

    internal static Task<TestApp> StartAsync(Func<Settings, Settings> adjust) => StartAsync(adjust, null);

    /// <summary>Over a folder that the caller keeps, to start again on the same data.</summary>
    internal static async Task<TestApp> StartAsync(Func<Settings, Settings> adjust, DirectoryInfo? folder)
    {
        var test = new TestApp(adjust, folder);
        await test.InitializeAsync();
        return test;
    }

    public async Task InitializeAsync()
    {
        var url = $"http://localhost:{FreePort()}";
        Settings = adjust(new Settings
        {
            DataFolder = Path.Combine(folder.FullName, "data"),
            KeyFile = Path.Combine(folder.FullName, "keys", "key-encryption.key"),
            Urls = [url],
            Address = InstanceAddress.Parse(url),
            AllowedHosts = ["localhost"],
            EvidenceHost = new UriBuilder(url) { Host = "127.0.0.1" }.Uri,
            Rates = new(0, 0, 0),
        });
        app = await ServeCommand.BuildAsync(Settings, Clock, builder => builder.Logging.ClearProviders().AddProvider(Log), CancellationToken.None);
        await app.StartAsync();
    }

    /// <summary>A client that is nobody, follows no redirects and keeps no cookies.</summary>
    internal HttpClient Anonymous() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = BaseUrl };

    /// <summary>A browser without script: cookies, no redirects followed, asks for pages, says where it comes from.</summary>
    internal HttpClient Browser()
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = BaseUrl };
        client.DefaultRequestHeaders.Add("Accept", "text/html");
        client.DefaultRequestHeaders.Add("Origin", Settings.Address.BaseUrl);
        return client;
    }

    /// <summary>An organization, put into the store.</summary>
    internal async Task<Organization> OrganizationAsync(OrganizationKind kind)
    {
        var now = Clock.Now();
        var organization = Organization.Found(OrganizationId.New(now), $"test-{Guid.NewGuid():N}", $"A {kind}", kind, null);
        var changes = new Changes().Add(OrganizationDocuments.Kind, organization);
        await InstanceDocuments.FixAsync(Store, Settings.Address, now, changes, CancellationToken.None);
        await Store.CommitAsync(changes, CancellationToken.None);
        return organization;
    }

    /// <summary>The badges that come with the program.</summary>
    internal Task ShipAsync() => ShippedBadges.CopyToAsync(Store, Settings.DataFolder);

    /// <summary>Someone with an account (whose password nobody knows) and one role, put into the store.</summary>
    internal async Task<PersonId> PersonAsync(OrganizationId organization, Role role)
    {
        var person = await PersonAsync();
        await JoinAsync(person, organization, role);
        return person;
    }

    internal async Task<PersonId> PersonAsync()
    {
        var person = Person.Named(PersonId.New(Clock.Now()), "Ada Lovelace");
        var account = new Account(person.Id, $"{person.Id.Value}@test.example", "");
        await Store.CommitAsync(new Changes().Add(PersonDocuments.Kind, person).Add(AccountDocuments.Kind, account), CancellationToken.None);
        return person.Id;
    }

    internal async Task<MembershipId> JoinAsync(PersonId person, OrganizationId organization, Role role)
    {
        var membership = new Membership(MembershipId.New(Clock.Now()), person, organization, role, Clock.Now());
        await Store.CommitAsync(new Changes().Add(MembershipDocuments.Kind, membership), CancellationToken.None);
        return membership.Id;
    }

    /// <summary>A state admin at a state office of their own.</summary>
    internal async Task<PersonId> StateAdminAsync() => await PersonAsync((await OrganizationAsync(OrganizationKind.StateOffice)).Id, Role.StateAdmin);

    /// <summary>A program that is signed in as this person, without a password being checked.</summary>
    internal async Task<HttpClient> AsAsync(PersonId person)
    {
        var client = Anonymous();
        client.DefaultRequestHeaders.Authorization = new("Bearer", await TokenAsync(person));
        return client;
    }

    internal async Task<string> TokenAsync(PersonId person)
    {
        var started = await Services.GetRequiredService<SignInWorkflow>().StartAsync(person, null, SessionUse.Api, CancellationToken.None);
        return await Services.GetRequiredService<AccessTokens>().IssueAsync(started.Session, CancellationToken.None);
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    /// <summary>Stops the application; a refusal that an operation did not declare fails the test here.</summary>
    public async ValueTask DisposeAsync()
    {
        if (app is not null)
        {
            await app.StopAsync();
            await app.DisposeAsync();
            app = null;
        }

        if (ownsFolder)
        {
            folder.Delete(recursive: true);
        }

        Assert.DoesNotContain(Log.Lines, line => line.Contains("Undeclared refusal", StringComparison.Ordinal));
    }

    // Below the range from which the system takes ports for outgoing connections, so that none of those is in the way.
    private static int FreePort()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(15_000, 32_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken; the next one may be free.
            }
        }
    }
}
