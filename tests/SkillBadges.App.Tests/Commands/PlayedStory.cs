namespace SkillBadges.App.Tests.Commands;

/// <summary><c>demo --once</c>, played by the real program once for all tests that look at what it left.</summary>
public sealed class PlayedStory : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("skillbadges-story-");

    internal string Output => Path.Combine(folder.FullName, "out");

    internal ProgramProcess Played { get; private set; } = null!;

    public async Task InitializeAsync() => Played = await ProgramProcess.RunAsync("demo", "--once", "--out", Output);

    public Task DisposeAsync()
    {
        folder.Delete(recursive: true);
        return Task.CompletedTask;
    }
}
