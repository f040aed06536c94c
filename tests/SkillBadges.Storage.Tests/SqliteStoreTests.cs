using SkillBadges.Core;
using SkillBadges.Core.Storage;
using SkillBadges.Storage.Sqlite;
using SkillBadges.Storage.Sqlite.Engine;

namespace SkillBadges.Storage.Tests;

/// <summary>What only this adapter has: a file that one process holds, its settings, its copies.</summary>
public sealed class SqliteStoreTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly string folder = Directory.CreateTempSubdirectory("skillbadges-sqlite-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_folder_that_another_process_uses_is_refused()
    {
        using var child = ChildProcess.Start(["commit", folder]);
        await child.StandardOutput.ReadLineAsync();

        var refused = Assert.Throws<RefusedException>(() => Open());

        Assert.Equal("storage.in-use", refused.Code);
        child.Kill();
        await child.WaitForExitAsync();
        Open().Dispose();
    }

    [Fact]
    public void Closing_twice_is_closing_once()
    {
        var store = Open();

        store.Dispose();
        store.Dispose();

        Open().Dispose();
    }

    [Fact]
    public void A_folder_is_used_once_within_a_process_too()
    {
        using var store = Open();

        Assert.Equal("storage.in-use", Assert.Throws<RefusedException>(() => Open()).Code);
    }

    [Fact]
    public void A_file_of_a_later_format_is_refused()
    {
        Open().Dispose();
        using (var later = Connection.ForWriting(Path.Combine(folder, "store.db")))
        {
            later.Execute("PRAGMA user_version = 99");
        }

        Assert.Equal("storage.newer-than-build", Assert.Throws<RefusedException>(() => Open()).Code);
    }

    [Theory]
    [InlineData("PRAGMA synchronous", "2")]
    [InlineData("PRAGMA journal_mode", "wal")]
    [InlineData("PRAGMA encoding", "UTF-8")]
    public void What_is_acknowledged_is_on_the_disk(string pragma, string value)
    {
        using var connection = Connection.ForWriting(Path.Combine(folder, "store.db"));
        using var statement = connection.Prepare(pragma);

        Assert.True(statement.Step());
        Assert.Equal(value, statement.Text(0));
    }

    [Fact]
    public async Task Long_bodies_are_deflated_and_short_ones_are_as_they_were_written()
    {
        var (brief, lengthy) = (new Sample("brief"), new Sample("lengthy") { Text = new string('x', 6000) });
        using (var store = Open())
        {
            await store.CommitAsync(new Changes().Add(Samples.Kind, brief).Add(Samples.Kind, lengthy), None);
        }

        Assert.Equal(Samples.Kind.Write(brief), BodyOf("brief"));
        Assert.InRange(BodyOf("lengthy").Length, 6, 600);
        Assert.Equal(1, BodyOf("lengthy")[0]);
    }

    [Fact]
    public async Task A_copy_made_while_others_write_is_whole_and_opens_as_a_store()
    {
        using var restored = new TemporaryFolder();
        var copy = Path.Combine(restored.Path, "store.db");
        using var stop = new CancellationTokenSource();
        using (var store = Open())
        {
            await store.CommitAsync(ChildProcess.Work("before"), None);
            var writing = Task.Run(async () =>
            {
                for (var i = 0; !stop.IsCancellationRequested; i++)
                {
                    await store.CommitAsync(ChildProcess.Work($"during{i}"), None);
                }
            });
            SqliteBackup.Write(store.File, copy);
            await stop.CancelAsync();
            await writing;
            await store.CommitAsync(ChildProcess.Work("after"), None);
        }

        Assert.Equal([copy], Directory.EnumerateFiles(restored.Path));
        using var opened = SqliteStore.Open(restored.Path, Samples.Kinds, TimeProvider.System, None);
        Assert.True(ChildProcess.IsWhole(opened, "before"));
        Assert.False(ChildProcess.IsWhole(opened, "after"));
        Assert.Equal(
            await opened.CountAsync(Samples.Kind, Samples.ByLearner.Where("ana"), 1_000_000, None),
            await opened.CountAsync(Samples.Turns, Samples.ByGroup.Where("g"), 1_000_000, None));
        await opened.CommitAsync(ChildProcess.Work("restored"), None);
    }

    [Fact]
    public void A_copy_never_overwrites_a_file()
    {
        using var store = Open();
        var taken = Path.Combine(folder, "taken");
        File.WriteAllText(taken, "precious");

        Assert.Equal("backup.exists", Assert.Throws<RefusedException>(() => SqliteBackup.Write(store.File, taken)).Code);
        Assert.Equal("precious", File.ReadAllText(taken));
    }

    [Fact]
    public async Task Erased_text_is_not_left_in_the_file()
    {
        var secret = string.Concat(Enumerable.Repeat("Zenobia", 20));
        using (var store = Open())
        {
            await store.CommitAsync(new Changes().Add(Samples.Kind, new Sample("a", Title: secret) { Tags = [secret] }), None);
            var read = await store.FindAsync(Samples.Kind, "a", None);
            await store.CommitAsync(new Changes().Replace(Samples.Kind, read!, new Sample("a")), None);
        }

        Assert.DoesNotContain(secret, System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(Path.Combine(folder, "store.db"))), StringComparison.Ordinal);
    }

    private SqliteStore Open() => SqliteStore.Open(folder, Samples.Kinds, TimeProvider.System, None);

    private byte[] BodyOf(string id)
    {
        using var connection = Connection.ForReading(Path.Combine(folder, "store.db"));
        using var body = connection.Prepare("SELECT body FROM d_sample WHERE id = ?1");
        Assert.True(body.Bind(1, id).Step());
        return body.Blob(0).ToArray();
    }

    private sealed class TemporaryFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("skillbadges-restored-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
