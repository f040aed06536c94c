using System.Text.Json;
using SkillBadges.App.Commands;
using SkillBadges.Core;

namespace SkillBadges.App.Tests.Reporting;

public sealed class ValidateCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("skillbadges-").FullName;

    [Theory]
    [InlineData("e1,1000,100\r\n", 0, "1 rows, 0 faults")]
    [InlineData("e1,1000,90\r\n", 1, "row 2, SHARE: row.shares: The shares of this record do not come to 100.")]
    public async Task A_file_is_checked_against_the_columns_of_a_district_and_the_exit_code_says_whether_it_is_sound(string rows, int code, string line)
    {
        var columns = new[] { new { header = "REC", field = "record" }, new { header = "ID", field = "state-number" }, new { header = "SHARE", field = "share" } };
        var (layout, file) = (Path.Combine(folder, "layout.json"), Path.Combine(folder, "file.csv"));
        await File.WriteAllTextAsync(layout, JsonSerializer.Serialize(new { columns }));
        await File.WriteAllTextAsync(file, "REC,ID,SHARE\r\n" + rows);
        using var output = new StringWriter();

        Assert.Equal(code, await ValidateCommand.RunAsync(file, layout, output, CancellationToken.None));
        Assert.Contains(line, output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_file_or_no_layout_is_said_so()
    {
        var file = Path.Combine(folder, "file.csv");
        Assert.Equal("validate.no-file", (await Assert.ThrowsAsync<RefusedException>(() => ValidateCommand.RunAsync(file, "link", TextWriter.Null, CancellationToken.None))).Code);
        await File.WriteAllTextAsync(file, "x");
        Assert.Equal("validate.layout", (await Assert.ThrowsAsync<RefusedException>(() => ValidateCommand.RunAsync(file, file, TextWriter.Null, CancellationToken.None))).Code);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
